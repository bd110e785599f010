// The Report value: everything one command found out, computed once. Every form (terminal, JSON, HTML, Markdown, CSV,
// JUnit, OpenMetrics) only lays it out, so that no two of them can disagree. It refers to records, which outlive it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/charts/chart.hpp"
#include "analysis/compare/comparison.hpp"
#include "analysis/report/agreement.hpp"
#include "analysis/report/check.hpp"
#include "analysis/report/headline.hpp"
#include "analysis/report/knee_report.hpp"
#include "analysis/report/standing.hpp"
#include "analysis/report/summary.hpp"
#include "analysis/report/sweep_table.hpp"

namespace portdrought::report {

struct ReportedRun {
    const record::RunRecord* record;
    std::string path;
    Summary summary;
};

/// The answer for one variant.
struct VariantLine {
    std::string variant;  // "(as written)" where it has no name
    Standing standing = Standing::open;
    /// Of ok_share, against the first variant; absent for that one, and where nothing was compared.
    std::optional<compare::Decision> decision;
    std::string effect;  // "better: +44.8 points [44.7, 44.9]"; empty where there is no decision
    std::string words;   // what it did, in a sentence
    std::string cost;    // what it gives up, or under which condition it is safe; empty where nothing was measured
    std::vector<std::string> caveats;  // as of charts::Subject
};

/// One scenario.
struct Section {
    std::string scenario, title, question;
    std::vector<std::string> sources;
    Headline headline;
    std::vector<ReportedRun> runs;  // in the order they were made
    std::vector<VariantLine> lines;
    compare::Comparison comparison;    // of these runs
    std::optional<Check> check;        // of `check`
    std::vector<KneeReport> knees;     // of `knee`, by variant
    std::vector<Validated> validated;  // of `validate`
    std::optional<SweepTable> sweep;   // of `sweep`, which keeps no records: `runs` is empty
    charts::Charts charts;
};

struct Report {
    std::string command;  // what to type to get it again: "portdrought compare timed-wait-delay --repeat 9"
    std::string tool;     // "portdrought 0.1.0 (57af704)"
    Headline headline;
    std::vector<Section> sections;
};

}  // namespace portdrought::report
