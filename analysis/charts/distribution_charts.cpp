#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/charts/run_chart_parts.hpp"
#include "analysis/stats/values.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::charts {
namespace {

using core::Histogram;
using record::RunRecord;
using Histograms = std::vector<const Histogram*>;

/// A logarithmic axis has no zero: what is shorter is drawn as this.
constexpr double least_us = 0.1;

/// Shares that lie equally far apart on a percentile axis, up to one that only the highest value is above.
std::vector<double> shares_for(const Histograms& runs, std::size_t most) {
    std::uint64_t count = 0;
    for (const Histogram* run : runs) count = std::max(count, run->count());
    if (count == 0) return {};
    constexpr double each_decade = 20;
    const double decades = std::log10(2 * static_cast<double>(count));
    const auto steps = std::clamp<std::size_t>(static_cast<std::size_t>(decades * each_decade), 1, most - 1);
    std::vector<double> shares;
    for (std::size_t i = 0; i <= steps; ++i)
        shares.push_back(1 - std::pow(10, -decades * static_cast<double>(i) / static_cast<double>(steps)));
    return shares;
}

/// The histogram's quantiles at rising shares, in microseconds.
Course quantiles(const Histogram& histogram, const std::vector<double>& shares) {
    Course course(shares.size());
    const std::vector<Histogram::Bucket> buckets = histogram.buckets();
    if (buckets.empty()) return course;
    const auto count = static_cast<double>(histogram.count());
    std::size_t bucket = 0;
    auto below = static_cast<double>(buckets[0].count);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        while (bucket + 1 < buckets.size() && below < shares[i] * count)
            below += static_cast<double>(buckets[++bucket].count);
        const core::Duration value = std::clamp(buckets[bucket].upper, histogram.min(), histogram.max());
        course[i].value = course[i].low = course[i].high = std::max(core::seconds(value) * 1e6, least_us);
    }
    return course;
}

Series curve(std::string key, std::string label, const Histograms& runs, const std::vector<double>& shares) {
    std::vector<Course> courses;
    for (const Histogram* run : runs) courses.push_back(quantiles(*run, shares));
    Series series;
    series.key = std::move(key);
    series.label = std::move(label);
    return folded(std::move(series), courses);
}

/// Of the drawn runs those that measured any time at all: a model without costs has none.
template <class Get>
Histograms timed(const Variant& variant, Get get) {
    Histograms found;
    for (const RunRecord* run : variant.drawn)
        if (const Histogram* histogram = get(*run); histogram != nullptr && histogram->max() > core::Duration{0})
            found.push_back(histogram);
    return found;
}

std::string quantile_words(const Histograms& runs) {
    std::string words;
    for (const auto& [name, share] : {std::pair{"half", 0.5}, {"99 %", 0.99}, {"99.9 %", 0.999}, {"all", 1.0}}) {
        std::vector<double> values;
        for (const Histogram* run : runs) values.push_back(core::seconds(run->quantile(share)) * 1e6);
        words += fmt::format("{}{} within {}", words.empty() ? "" : ", ", name, ranged(values, as_microseconds));
    }
    return words;
}

Chart distribution_chart(std::string id, std::string title, std::string note, std::string y_label) {
    Chart chart;
    chart.id = std::move(id);
    chart.title = std::move(title);
    chart.note = std::move(note);
    chart.x = {"share of all", Unit::ratio, Scale::percentile};
    chart.y = {std::move(y_label), Unit::microseconds, Scale::logarithmic};
    chart.is_overlaid = true;
    return chart;
}

}  // namespace

Chart latency_distribution_chart(const Variants& variants, const Options& options) {
    Chart chart = distribution_chart(
        "latency-distribution", "connect(): how long it took",
        "How much of all connections took no longer, in real time: from the actual start, and from the start that was "
        "due. The band is the least and most over repeats.",
        "connect(), real time");
    const std::size_t places = places_each(options, variants.size(), 2);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const Histograms actual = timed(variants[i], [](const RunRecord& run) { return &run.connect; });
        if (actual.empty()) continue;
        const Histograms intended = timed(variants[i], [](const RunRecord& run) { return &run.connect_intended; });
        Panel panel;
        panel.subject = i;
        panel.x = shares_for(actual, places);
        panel.series.push_back(curve("connect", "from actual start", actual, panel.x));
        if (!intended.empty())
            panel.series.push_back(curve("connect_intended", "from intended start", intended, panel.x));
        panel.text =
            joined({fmt::format("connect() from the actual start: {}.", quantile_words(actual)),
                    intended.empty() ? "" : fmt::format("From the intended start: {}.", quantile_words(intended)),
                    drawn_words(variants[i])});
        chart.panels.push_back(std::move(panel));
    }
    if (!chart.panels.empty() && chart.panels.size() < variants.size())
        chart.note += " Runs that do not know how long connect() takes are missing.";
    return chart;
}

Chart enforcer_chart(const Variants& variants, const Options& options) {
    Chart chart = distribution_chart(
        "enforcer", "Enforced TIME_WAIT: how late it ended",
        "How much of all enforced pairs was removed no later than this after its time, in real time. 0.1 us stands for "
        "anything shorter.",
        "achieved less wanted, real time");
    const std::size_t places = places_each(options, variants.size(), 1);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const auto lateness = [](const RunRecord& run) {
            return run.enforced ? &run.enforced->lateness : static_cast<const Histogram*>(nullptr);
        };
        const Histograms runs = timed(variants[i], lateness);
        if (runs.empty()) continue;
        Panel panel;
        panel.subject = i;
        panel.x = shares_for(runs, places);
        panel.series.push_back(curve("lateness", "late by", runs, panel.x));
        std::uint64_t entries = 0;
        for (const Histogram* run : runs) entries += run->count();
        panel.text =
            joined({fmt::format("Of {} removed at {} of real time, lateness: {}.", text::counted(entries, "pair"),
                                text::seconds(variants[i].sample().enforced ? variants[i].sample().enforced->wanted
                                                                            : core::Duration{0}),
                                quantile_words(runs)),
                    drawn_words(variants[i])});
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

}  // namespace portdrought::charts
