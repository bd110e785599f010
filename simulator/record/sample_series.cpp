#include "record/sample_series.hpp"

#include <algorithm>

namespace portdrought::record {
namespace {

void raise(std::optional<std::uint64_t>& highest, const std::optional<std::uint64_t>& value) {
    if (value) highest = std::max(highest.value_or(0), *value);
}

void lower(std::optional<std::uint64_t>& lowest, const std::optional<std::uint64_t>& value) {
    if (value) lowest = std::min(lowest.value_or(*value), *value);
}

std::optional<ConnectTimes> times_of(const core::SparseHistogram& connects) {
    if (connects.is_empty()) return std::nullopt;
    return ConnectTimes{connects.quantile(0.5), connects.quantile(0.99), connects.max()};
}

}  // namespace

SampleSeries::SampleSeries(std::size_t limit) : series_(limit, has_census, pass_on) {}

void SampleSeries::add(Sample sample, core::SparseHistogram connects) {
    raise(extremes_.time_wait, sample.time_wait);
    raise(extremes_.time_wait_client, sample.time_wait_client);
    raise(extremes_.time_wait_server, sample.time_wait_server);
    raise(extremes_.fin_wait_2, sample.fin_wait_2);
    raise(extremes_.ports_in_use, sample.ports_in_use);
    if (sample.time_wait_client && sample.time_wait_server)
        raise(counted_time_wait_, *sample.time_wait_client + *sample.time_wait_server);
    lower(extremes_.ports_free, sample.ports_free);
    series_.add({std::move(sample), std::move(connects)});
}

std::vector<Sample> SampleSeries::samples() const {
    std::vector<Sample> result;
    result.reserve(series_.items().size());
    for (const Taken& taken : series_.items()) result.emplace_back(taken).connect = times_of(taken.connects);
    return result;
}

Extremes SampleSeries::extremes() const {
    Extremes result = extremes_;
    if (result.fin_wait_2.value_or(0) > fin_wait_2_in_passing) result.time_wait.reset();
    raise(result.time_wait, counted_time_wait_);
    return result;
}

void SampleSeries::fill(RunRecord& record) const {
    const Extremes all = extremes();
    record.samples = samples();
    record.totals.time_wait_peak = all.time_wait;
    record.totals.time_wait_peak_client = all.time_wait_client;
    record.totals.time_wait_peak_server = all.time_wait_server;
    record.totals.fin_wait_2_peak = all.fin_wait_2;
    record.totals.ports_min_free = all.ports_free;
}

CensusSeries::CensusSeries(std::size_t limit) : series_(limit, [](const Census&) { return false; }) {}

}  // namespace portdrought::record
