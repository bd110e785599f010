#include "scenario/trace_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>

#include "core/digest.hpp"
#include "scenario/keys/value_text.hpp"

namespace portdrought::scenario {
namespace {

constexpr double longest_trace_s = 3'600'000;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";  // spreadsheets begin UTF-8 with it
constexpr std::uint64_t most_attempts_a_row = 1'000'000'000;

struct Cell {
    std::string_view text;  // without blanks around it
    std::uint32_t column;
};

std::uint32_t characters(std::string_view text) {
    return static_cast<std::uint32_t>(
        std::ranges::count_if(text, [](unsigned char byte) { return (byte & 0xc0) != 0x80; }));
}

std::vector<Cell> cells_of(std::string_view line) {
    std::vector<Cell> cells;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find(',', begin), line.size());
        std::size_t first = std::min(line.find_first_not_of(" \t", begin), end), last = end;
        while (last > first && (line[last - 1] == ' ' || line[last - 1] == '\t')) --last;
        cells.push_back({line.substr(first, last - first), characters(line.substr(0, first)) + 1});
        begin = end + 1;
    }
    return cells;
}

std::string in_quotes(std::string_view text) { return '"' + std::string{text} + '"'; }

class Parser {
public:
    explicit Parser(std::string_view file) : file_(file) {}

    TraceReading parse(std::string_view text) && {
        const std::uint64_t hash = core::fnv1a(text);
        if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
        for (; !text.empty() && !has_enough(); ++line_) {
            const std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(line.size() + 1, text.size()));
            take(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
        }
        if (!has_header_)
            complain(1, "t_s", "has no header; write t_s, or t_s,attempts, above the numbers");
        else if (trace_.rows.empty() && complaints_.empty())
            complain(1, "t_s", "has no row; write one time in seconds on each line below the header");
        return std::move(*this).reading(hash);
    }

private:
    /// A digest of a file that was not read to its end would not be its own.
    TraceReading reading(std::uint64_t hash) && {
        if (!complaints_.empty()) return {nullptr, "", std::move(complaints_)};
        const std::size_t rows = trace_.rows.size();
        if (rows > 1) trace_.last = trace_.rows[rows - 1].at - trace_.rows[rows - 2].at;
        std::uint64_t attempts = 0;
        for (const core::Trace::Row& row : trace_.rows) attempts += row.attempts;
        return {std::make_shared<const core::Trace>(std::move(trace_)),
                fmt::format("{} rows, {} attempts, fnv1a {:016x}", rows, attempts, hash),
                {}};
    }

    void take(std::string_view line) {
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == line.npos || line[first] == '#') return;
        const std::vector<Cell> cells = cells_of(line);
        if (has_header_)
            take_row(cells);
        else
            take_header(cells);
    }

    void take_header(const std::vector<Cell>& cells) {
        has_header_ = true;
        columns_ = cells.size();
        if (cells[0].text != "t_s")
            complain(cells[0].column, "t_s",
                     in_quotes(cells[0].text) + " is not the header; write t_s, or t_s,attempts");
        else if (columns_ == 2 && cells[1].text != "attempts")
            complain(cells[1].column, "attempts", in_quotes(cells[1].text) + " is not a column; write attempts");
        else if (columns_ > 2)
            complain(cells[2].column, "attempts", "there are two columns at most; write t_s,attempts");
        columns_ = std::min<std::size_t>(columns_, 2);
    }

    void take_row(const std::vector<Cell>& cells) {
        if (trace_.rows.size() == most_trace_rows) return too_many_rows();
        if (cells.size() != columns_)
            return complain(cells[std::min(cells.size() - 1, columns_)].column, columns_ == 1 ? "t_s" : "attempts",
                            fmt::format("has {} columns where the header has {}; write {}", cells.size(), columns_,
                                        columns_ == 1 ? "a time alone" : "a time and a number of attempts"));
        const auto at = time_from(cells[0]);
        const auto attempts = columns_ == 1 ? std::optional<std::uint64_t>{1} : attempts_from(cells[1]);
        if (at && attempts) trace_.rows.push_back({*at, *attempts});
    }

    std::optional<core::Instant> time_from(const Cell& cell) {
        const auto seconds = number_from(cell.text);
        if (!seconds || *seconds > longest_trace_s) {
            complain(cell.column, "t_s", in_quotes(cell.text) + " is not a time; write seconds from 0 to 3600000");
            return std::nullopt;
        }
        const core::Instant at = core::from_seconds(*seconds);
        if (!trace_.rows.empty() && at < trace_.rows.back().at) {
            complain(cell.column, "t_s",
                     fmt::format("{} is earlier than the row before, at {}; write rows in the order of time", cell.text,
                                 number_text(core::seconds(trace_.rows.back().at))));
            return std::nullopt;
        }
        return at;
    }

    std::optional<std::uint64_t> attempts_from(const Cell& cell) {
        const auto attempts = whole_from(cell.text, most_attempts_a_row);
        if (!attempts)
            complain(cell.column, "attempts",
                     in_quotes(cell.text) + " is not a number of attempts; write a whole number from 0 to 1000000000");
        return attempts;
    }

    void too_many_rows() {
        complain(1, "t_s",
                 fmt::format("is row {} of {} at most; write fewer, such as one a second with its attempts",
                             most_trace_rows + 1, most_trace_rows));
        gives_up_ = true;
    }

    bool has_enough() const { return gives_up_ || complaints_.size() >= most_trace_complaints; }

    void complain(std::uint32_t column, std::string key, std::string text) {
        complaints_.push_back(
            scenario::complain({file_, std::max(line_, 1U), column}, std::move(key), std::move(text)));
    }

    std::string file_;
    std::uint32_t line_ = 1;
    std::size_t columns_ = 0;
    bool has_header_ = false, gives_up_ = false;
    core::Trace trace_;
    std::vector<Complaint> complaints_;
};

}  // namespace

TraceReading parse_trace(std::string_view text, std::string_view file) { return Parser{file}.parse(text); }

TraceText read_trace_file(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return {"", in_quotes(path) + " is no file; write a name relative to the scenario file"};
    if (std::filesystem::file_size(path, error) > most_trace_bytes)
        return {"", fmt::format("\"{}\" is longer than {} MB; write fewer rows, such as one a second with its attempts",
                                path, most_trace_bytes >> 20)};
    std::ifstream file(path, std::ios::binary);
    TraceText result;
    result.text.assign(std::istreambuf_iterator<char>(file), {});
    if (!file) result.problem = in_quotes(path) + " cannot be read; check its permissions";
    return result;
}

}  // namespace portdrought::scenario
