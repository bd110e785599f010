#include "analysis/html/markup.hpp"

#include <fmt/format.h>

#include <cmath>

#include "analysis/html/escape.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::html {

std::string element(std::string_view name, std::string_view classes, std::string_view content) {
    if (classes.empty()) return fmt::format("<{0}>{1}</{0}>", name, content);
    return fmt::format("<{0} class=\"{1}\">{2}</{0}>", name, classes, content);
}

std::string both(std::string_view english, std::string_view chinese) {
    if (english == chinese) return escaped(english);
    return fmt::format("<span lang=\"en\">{}</span> <span lang=\"zh-Hans\">{}</span>", escaped(english),
                       escaped(chinese));
}

std::string heading(std::string_view level, std::string_view english, std::string_view chinese) {
    return element(level, "", both(english, chinese)) + '\n';
}

namespace {

bool is_grave(const std::string& caveat) {
    return caveat.find("not valid") != caveat.npos || caveat.find("unverified") != caveat.npos;
}

std::string badge(const std::string& caveat, std::size_t most) {
    const std::string_view kind = is_grave(caveat) ? "badge grave" : "badge";
    if (caveat.size() <= most) return element("li", kind, escaped(caveat));
    const std::string shown = caveat.substr(0, caveat.find(": "));
    return fmt::format("<li class=\"{}\" title=\"{}\">{}</li>", kind, escaped(caveat), escaped(shown));
}

std::string list_of(const std::vector<std::string>& caveats, std::size_t most) {
    if (caveats.empty()) return {};
    std::string items;
    for (const std::string& caveat : caveats) items += badge(caveat, most);
    return element("ul", "badges", items);
}

}  // namespace

std::string badges(const std::vector<std::string>& caveats) { return list_of(caveats, std::string::npos); }

std::string short_badges(const std::vector<std::string>& caveats) {
    constexpr std::size_t room = 36;
    return list_of(caveats, room);
}

std::string panel_head(const charts::Subject& subject) {
    return fmt::format("<div class=\"panel-head\"><h4>{}</h4>{}</div>\n", escaped(subject.name),
                       short_badges(subject.caveats));
}

namespace {

std::string chip_of(std::string_view kind, std::string_view symbol, std::string_view english,
                    std::string_view chinese) {
    return fmt::format("<span class=\"chip {}\"><span class=\"symbol\" aria-hidden=\"true\">{}</span>{}</span>", kind,
                       symbol, both(english, chinese));
}

}  // namespace

std::string chip(report::Standing standing) {
    switch (standing) {
        case report::Standing::good: return chip_of("good", "✓", "fine", "正常");
        case report::Standing::mixed: return chip_of("mixed", "◐", "mixed", "有好有坏");
        case report::Standing::bad: return chip_of("bad", "✕", "fails", "出问题");
        case report::Standing::open: return chip_of("open", "?", "open", "未定");
        case report::Standing::invalid: return chip_of("invalid", "⚠", "not valid", "无效");
    }
    return {};
}

std::string chip(compare::Decision decision) {
    switch (decision) {
        case compare::Decision::better: return chip_of("good", "▲", "better", "更好");
        case compare::Decision::worse: return chip_of("bad", "▼", "worse", "更差");
        case compare::Decision::no_difference: return chip_of("same", "=", "no difference", "无差别");
        case compare::Decision::cannot_tell: return chip_of("open", "?", "cannot tell", "无法判断");
    }
    return {};
}

void Table::add_column(std::string content, std::string plain, bool is_number) {
    columns_.push_back({std::move(content), std::move(plain), is_number});
}

void Table::add_row(const std::vector<std::string>& contents, std::string_view row_classes) {
    rows_ += row_classes.empty() ? "<tr>" : fmt::format("<tr class=\"{}\">", row_classes);
    for (std::size_t i = 0; i < contents.size(); ++i) {
        const Column& column = columns_.at(i);
        const bool is_absent = contents[i] == "–";
        const std::string_view kind =
            column.is_number ? (is_absent ? " class=\"number absent\"" : " class=\"number\"") : "";
        if (i == 0)
            rows_ += fmt::format("<th scope=\"row\"{}>{}</th>", kind, contents[i]);
        else
            rows_ += fmt::format("<td{} data-label=\"{}\">{}</td>", kind, escaped(column.plain), contents[i]);
    }
    rows_ += "</tr>\n";
}

std::string Table::markup() const {
    std::string head;
    for (const Column& column : columns_)
        head += fmt::format("<th scope=\"col\"{}>{}</th>", column.is_number ? " class=\"number\"" : "", column.content);
    return fmt::format(
        "<table class=\"{}\"><caption>{}</caption><thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table>\n", classes_,
        caption_, head, rows_);
}

std::string details(std::string_view classes, std::string_view summary, std::string_view content) {
    return fmt::format("<details class=\"{}\"><summary>{}</summary>\n{}</details>\n", classes, summary, content);
}

std::string with_micro(std::string text) {
    for (std::size_t at = text.find(" us"); at != text.npos; at = text.find(" us", at + 4)) {
        const bool is_unit = at + 3 == text.size() || text[at + 3] == ' ' || text[at + 3] == ',' || text[at + 3] == ']';
        if (is_unit) text.replace(at, 3, " µs");
    }
    return text;
}

std::string figure(double value, charts::Unit unit) {
    constexpr double most = 1e15;  // a record may say anything
    if (!std::isfinite(value) || std::abs(value) > most) return "–";
    switch (unit) {
        case charts::Unit::percent: return core::decimal(value, std::abs(value) < 10 ? 2 : 1) + " %";
        case charts::Unit::count: return core::figure(value);
        case charts::Unit::per_second: return core::figure(value) + "/s";
        case charts::Unit::microseconds: return with_micro(text::latency(core::from_seconds(value / 1e6)));
        case charts::Unit::seconds: return text::seconds(value);
        case charts::Unit::ratio: return core::figure(value);
    }
    return {};
}

}  // namespace portdrought::html
