#include "sweep/keeper.hpp"

#include <cstdio>
#include <utility>

#include "os/atomic_file.hpp"
#include "record/sweep_file.hpp"

namespace portdrought::sweep {
namespace {

std::string beginning_of(const record::SweepResult& result) {
    std::string text = record::to_json(result);
    text.resize(text.size() - record::sweep_ending.size());
    return text;
}

}  // namespace

std::string partial_path(const std::string& path) { return path + ".partial"; }

Keeper::Keeper(std::string path, record::SweepResult result)
    : path_(std::move(path)),
      result_(std::move(result)),
      file_(partial_path(path_), beginning_of(result_), std::string{record::sweep_ending}) {}

void Keeper::add(std::uint64_t point, std::string row) {
    file_.append(record::further_row(row, result_.rows.empty()));
    result_.rows.insert_or_assign(point, std::move(row));
}

void Keeper::finish() {
    os::write_file_atomically(path_, record::to_json(result_));
    std::remove(file_.path().c_str());
}

}  // namespace portdrought::sweep
