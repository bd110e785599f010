// Pieces of markup that every part of the page is made of. A parameter called `content` is markup already; everything
// else is text from anywhere and is escaped here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/charts/chart.hpp"
#include "analysis/compare/judgement.hpp"
#include "analysis/report/report.hpp"

namespace portdrought::html {

/// "<p class=…>content</p>". `name` and `classes` are the program's own words.
std::string element(std::string_view name, std::string_view classes, std::string_view content);

/// The same words in English and in simplified Chinese; the page shows one of them, without JavaScript both.
std::string both(std::string_view english, std::string_view chinese);

/// A heading in both languages.
std::string heading(std::string_view level, std::string_view english, std::string_view chinese);

/// What has to be known of a figure, as a row of badges; empty without any.
std::string badges(const std::vector<std::string>& caveats);

/// The same where there is little room: reasons show on pointing only.
std::string short_badges(const std::vector<std::string>& caveats);

/// Above whatever is drawn of a subject: its name and badges.
std::string panel_head(const charts::Subject& subject);

/// Symbol and word, coloured as well.
std::string chip(report::Standing standing);
std::string chip(compare::Decision decision);

/// A table from cells that are markup: the first cell of a row heads it. On small screens each row stands by itself,
/// each cell behind its column's name.
class Table {
public:
    Table(std::string classes, std::string caption) : classes_(std::move(classes)), caption_(std::move(caption)) {}
    /// Columns of numbers are set flush right.
    void add_column(std::string content, std::string plain, bool is_number);
    /// As many cells as columns.
    void add_row(const std::vector<std::string>& contents, std::string_view row_classes = {});
    std::string markup() const;

private:
    struct Column {
        std::string content, plain;
        bool is_number;
    };
    std::string classes_, caption_, rows_;
    std::vector<Column> columns_;
};

/// An item that opens: `summary` and `content` are markup.
std::string details(std::string_view classes, std::string_view summary, std::string_view content);

/// Of a chart's unit: "59.6 %", "28,232", "470/s", "0.11 ms", "119 s". "–" for what is not a number.
std::string figure(double value, charts::Unit unit);

/// "24 µs": the numbers of a page have the letter that reports for terminals do without.
std::string with_micro(std::string text);

}  // namespace portdrought::html
