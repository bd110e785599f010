// The file of a RunRecord: JSON, schema portdrought.record/1, one file per run (docs/record-format.md). What is not
// known is left out. Equal records give equal bytes, and to_json(from_json(x, …)) == x for every x written here.
#pragma once

#include <string>
#include <string_view>

#include "record/format_error.hpp"
#include "record/run_record.hpp"

namespace portdrought::record {

std::string to_json(const RunRecord& record);

/// `name` stands for the file in messages. Throws FormatError for anything but a complete record of this schema;
/// members it does not know are ignored.
RunRecord from_json(std::string_view text, std::string_view name);

/// A reader sees the old file or the whole new one, never a part, even after a crash. Throws os::SystemError naming
/// `path`; then nothing is left behind.
void write_atomically(const RunRecord& record, const std::string& path);

/// Throws os::SystemError when the file cannot be read, FormatError when it is no record.
RunRecord read_file(const std::string& path);

}  // namespace portdrought::record
