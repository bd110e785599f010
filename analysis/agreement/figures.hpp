// Which figures of two records are compared, and which cannot be. agreement.hpp is what others use.
#pragma once

#include <vector>

#include "analysis/agreement/agreement.hpp"
#include "analysis/agreement/curve.hpp"

namespace portdrought::agreement {

/// By how much a sample of a curve may be off, scenario seconds.
double time_shift_s(const record::RunRecord& kernel);

class Comparer {
public:
    Comparer(const record::RunRecord& kernel, const std::vector<record::RunRecord>& models, const Limits& limits);

    void counts();
    void first_failure();
    void curves();
    void peaks();
    void latencies();
    void what_is_left();

    Agreement result() &&;

private:
    double of_attempts() const;
    double of_capacity() const;
    double of_pairs() const;
    /// A metric that both may have; `limit` in its unit.
    void metric(const char* name, std::optional<double> limit);
    void seen_peak(const char* name, Reading reading, Reading seen_by, double limit);
    /// Per capacity; where both sides hold a pair it counts twice among all.
    double of_entries() const;
    void add(Figure figure);

    const record::RunRecord& kernel_;
    const std::vector<record::RunRecord>& models_;
    Limits limits_;
    Agreement result_;
};

}  // namespace portdrought::agreement
