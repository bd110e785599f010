// Everything a report of one run says, computed once; every format (text now) only lays it out. A pure function of the
// record, so a record read back gives the same report as the run that wrote it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/findings/finding.hpp"
#include "analysis/findings/verdict.hpp"
#include "analysis/report/standing.hpp"

namespace portdrought::report {

struct Row {
    std::string label;
    std::vector<std::string> cells;
};

struct Point {
    double t_s, value;
};

/// TIME_WAIT over scenario time.
struct Trace {
    std::vector<Point> points;
    double end_s = 0;
    double axis_s = 0;    // what the whole width stands for: end_s, or the end of the longest of those beside it
    double top = 0;       // what a full block stands for
    std::string caption;  // "3,976 = every port"
    std::optional<double> first_failure_s;
};

struct Summary {
    std::string title;   // "article, as explained"
    std::string engine;  // "kernel engine, compressed x60, seed 1"
    findings::Finding finding = findings::Finding::nothing_attempted;
    Standing standing = Standing::open;
    bool valid = true;
    std::vector<std::string> notes;  // why it is not valid, that it was interrupted
    findings::Verdict verdict;
    std::vector<Row> rows;
    std::optional<Trace> trace;
};

Summary summarise(const record::RunRecord& record);

/// TIME_WAIT of a run to be held beside others: a full block is every port, however few of them it took; of one whose
/// entries hold no port of the client, its peak. Absent where nothing was counted.
std::optional<Trace> trace_to_compare(const record::RunRecord& record);

}  // namespace portdrought::report
