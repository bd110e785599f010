// The samples of a record as JSON columns, both ways: a run has many samples and few kinds of values.
#pragma once

#include <string>
#include <vector>

#include "record/json/json_tree.hpp"
#include "record/json/json_writer.hpp"
#include "record/run_record.hpp"

namespace portdrought::record {

/// Writes the object as the value that comes next.
void write_samples(JsonWriter& json, const std::vector<Sample>& samples);

/// Throws FormatError where a column has not one value per sample or times do not rise.
std::vector<Sample> read_samples(const JsonPlace& place);

/// Throws FormatError, at `place`, for a name that is none.
core::Outcome read_outcome(const std::string& name, const JsonPlace& place);

}  // namespace portdrought::record
