#include "record/record_file.hpp"

#include "os/atomic_file.hpp"

namespace portdrought::record {

void write_atomically(const RunRecord& record, const std::string& path) {
    os::write_file_atomically(path, to_json(record));
}

RunRecord read_file(const std::string& path) { return from_json(os::read_whole_file(path), path); }

}  // namespace portdrought::record
