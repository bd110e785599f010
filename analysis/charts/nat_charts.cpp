#include <fmt/format.h>

#include <algorithm>

#include "analysis/charts/run_chart_parts.hpp"
#include "analysis/laws/chain.hpp"
#include "analysis/text/numbers.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::charts {
namespace {

using record::RunRecord;
using record::Sample;

/// What all hosts together can have of the NAT at most, and which of its limits that is.
struct NatLimit {
    double most = 0;
    std::string words;
};

/// The least of its ports, the hosts' shares and its table; 0 where there is no NAT.
NatLimit limit_of(const RunRecord& run) {
    if (!run.nat) return {};
    const double ports = static_cast<double>(run.nat->capacity) * scenario::destination_count(run.scenario.host);
    NatLimit limit{ports, fmt::format("every port of the NAT ({})", text::figure(ports))};
    if (run.scenario.topology.destination_skew > 0) return limit;  // the chain is of one destination then
    const laws::Chain chain = laws::chain_of(run.scenario);
    for (const laws::ChainPool& pool : chain.pools) {
        const double most = static_cast<double>(pool.capacity) * (pool.of_each_host ? chain.hosts : 1);
        if (!laws::is_of_nat(pool.kind) || most >= limit.most || pool.capacity == 0) continue;
        const std::string each =
            pool.of_each_host ? fmt::format(", {} for each of {} hosts", text::thousands(pool.capacity), chain.hosts)
                              : "";
        limit = {most, fmt::format("{} ({}{})", laws::name(pool.kind), text::figure(most), each)};
    }
    return limit;
}

std::vector<Mark> marks_of(const Variant& variant, double end_s) {
    return marks_until(end_s, {first_drop(variant), predicted(variant)});
}

std::uint64_t most_dropped(const Variant& variant) {
    std::uint64_t most = 0;
    for (const RunRecord* run : variant.drawn) most = std::max(most, run->nat ? run->nat->dropped : 0);
    return most;
}

}  // namespace

Chart nat_chart(const Variants& variants, const Options& options) {
    Chart chart = chart_over_time("nat-ports", "Ports of the NAT in use, per cent of what its hosts can have",
                                  "Ports of closed flows stay in use until the NAT forgets them.",
                                  {"of all ports of the NAT", Unit::percent, Scale::linear});
    const std::size_t places = places_each(options, variants.size(), 1);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const NatLimit limit = limit_of(variants[i].sample());
        const auto in_use = points_of_all(variants[i], [](const Sample& sample) { return sample.nat_in_use; });
        Panel panel;
        panel.subject = i;
        panel.x = places_for(in_use, places);
        if (panel.x.empty() || limit.most <= 0) continue;
        panel.whole = limit.most;
        panel.series.push_back(series_of("nat_in_use", "in use", in_use, panel.x, gauge));
        scale(panel.series.back(), 100 / limit.most);
        panel.marks = marks_of(variants[i], panel.x.back());
        panel.marks.insert(panel.marks.begin(), {MarkKind::capacity, 100, limit.words, {}});
        panel.text = joined({fmt::format("The share of the NAT's ports in use {}, over {}; 100 % are {}.",
                                         course_words(panel.x, panel.series.back().y, as_percent),
                                         text::seconds(panel.x.back()), limit.words),
                             mark_words(panel.marks), drawn_words(variants[i])});
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

Chart nat_drops_chart(const Variants& variants, const Options& options) {
    Chart chart = chart_over_time("nat-drops", "SYNs that the NAT dropped, per second",
                                  "For want of a port, those sent again included. Per second of scenario time.",
                                  {"SYNs", Unit::per_second, Scale::linear});
    const std::size_t places = places_each(options, variants.size(), 1);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const auto dropped = points_of_all(variants[i], [](const Sample& sample) { return sample.nat_dropped; });
        Panel panel;
        panel.subject = i;
        panel.x = places_for(dropped, places);
        if (panel.x.empty()) continue;
        panel.series.push_back(series_of("nat_dropped", "SYNs dropped", dropped, panel.x, growth));
        panel.marks = marks_of(variants[i], panel.x.back());
        panel.text = joined({fmt::format("The rate of dropped SYNs {}, over {}; up to {} in a run.",
                                         course_words(panel.x, panel.series.back().y, as_per_second),
                                         text::seconds(panel.x.back()), text::thousands(most_dropped(variants[i]))),
                             mark_words(panel.marks), drawn_words(variants[i])});
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

}  // namespace portdrought::charts
