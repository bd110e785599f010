// The samples and censuses of a running engine in bounded memory, with the extremes of everything that was seen: a peak
// between two kept samples is not lost. Single writer; no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/sparse_histogram.hpp"
#include "record/run_record.hpp"
#include "record/thinned_series.hpp"

namespace portdrought::record {

/// Over all samples added, kept or not; absent where no sample had the value. `time_wait` comes from sockstat, which is
/// read most often; where FIN_WAIT_2 piled up, which sockstat counts too, only from the censuses.
struct Extremes {
    std::optional<std::uint64_t> time_wait, time_wait_client, time_wait_server, fin_wait_2, ports_in_use;  // highest
    std::optional<std::uint64_t> ports_free;                                                               // lowest
};

class SampleSeries {
public:
    /// Keeps at most `limit` samples (at least 4), those with a census before others.
    explicit SampleSeries(std::size_t limit = 2048);

    /// Times must rise strictly; a sample that is not later than the last one replaces it (same time) or is ignored.
    /// `connects`: what connect() took since the sample before, real time. Where samples are not kept, theirs are part
    /// of the next one's that is: none is ever lost.
    void add(Sample sample, core::SparseHistogram connects = {});

    /// Those kept, each with what connect() took.
    std::vector<Sample> samples() const;
    Extremes extremes() const;
    /// The samples kept, and what was highest and lowest of all.
    void fill(RunRecord& record) const;

private:
    struct Taken : Sample {
        core::SparseHistogram connects;
    };
    static bool has_census(const Taken& taken) { return taken.ports_in_use.has_value(); }
    static void pass_on(const Taken& dropped, Taken& kept) { kept.connects.merge(dropped.connects); }

    ThinnedSeries<Taken> series_;
    Extremes extremes_;                               // time_wait: as sockstat says
    std::optional<std::uint64_t> counted_time_wait_;  // highest of a census, both sides together
};

class CensusSeries {
public:
    explicit CensusSeries(std::size_t limit = 1024);

    void add(Census census) { series_.add(std::move(census)); }

    const std::vector<Census>& censuses() const { return series_.items(); }

private:
    ThinnedSeries<Census> series_;
};

}  // namespace portdrought::record
