// The `totals` object of a record as JSON, and what stands beside it for some: also part of `--format json`, so that
// both always have the same names.
#pragma once

#include "record/json/json_writer.hpp"
#include "record/run_record.hpp"

namespace portdrought::record {

/// Writes the object as the value that comes next. Quantiles of the histograms are included, in microseconds.
void write_totals(JsonWriter& json, const RunRecord& record);

/// Members `pool` and `duplicates`, each where the record has it.
void write_pool(JsonWriter& json, const RunRecord& record);
/// Nothing where there is no NAT.
void write_nat(JsonWriter& json, const RunRecord& record);
/// Nothing for the kernel engine.
void write_model(JsonWriter& json, const RunRecord& record);
void write_duplicates(JsonWriter& json, const RunRecord& record);

}  // namespace portdrought::record
