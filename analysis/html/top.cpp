#include "analysis/html/top.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/html/escape.hpp"
#include "analysis/html/markup.hpp"

namespace portdrought::html {
namespace {

using report::VariantLine;

/// The place of a variant among the subjects, by which the script knows it; absent where nothing is drawn of it.
std::optional<std::size_t> subject_of(const report::Section& section, const std::string& variant) {
    const auto& subjects = section.charts.subjects;
    const auto found = std::ranges::find(subjects, variant, &charts::Subject::name);
    if (found == subjects.end()) return std::nullopt;
    return static_cast<std::size_t>(found - subjects.begin());
}

/// Against the first variant; of that one, that the others are set against it.
std::string effect_of(const VariantLine& line, bool is_reference) {
    if (is_reference)
        return element("p", "effect", both("the others are compared with this one", "其他各项均与此项比较"));
    if (!line.decision) return {};
    const std::string word = compare::name(*line.decision);
    std::string rest = line.effect.starts_with(word) ? line.effect.substr(word.size()) : line.effect;
    if (rest.starts_with(": ")) rest.erase(0, 2);
    if (rest.starts_with(", ") || rest.starts_with(' ')) rest.erase(0, rest.find_first_not_of(", "));
    const std::string words =
        rest.empty() ? "" : fmt::format(" <span class=\"interval\">{}</span>", escaped(with_micro(rest)));
    return element("p", "effect", chip(*line.decision) + words);
}

std::string line_of(const report::Section& section, const VariantLine& line, std::size_t index, bool is_reference) {
    const auto subject = subject_of(section, line.variant);
    const std::string data = subject ? fmt::format(" data-section=\"{}\" data-subject=\"{}\"", index, *subject) : "";
    std::string cost;
    if (!line.cost.empty())
        cost =
            element("p", "cost", element("span", "label", both("cost", "代价")) + " " + escaped(with_micro(line.cost)));
    const std::string words = line.words.empty() ? "" : element("p", "did", escaped(with_micro(line.words)));
    return fmt::format(
        "<li class=\"variant\"{}><div class=\"who\"><h3>{}</h3>{}</div><div class=\"what\">{}{}{}</div>{}</li>\n", data,
        escaped(line.variant), chip(line.standing), effect_of(line, is_reference), words, cost, badges(line.caveats));
}

std::string kicker(const report::Section& section) {
    std::string words = section.scenario;
    if (!section.comparison.engine.empty()) words += " · " + section.comparison.engine;
    if (section.sweep && !section.sweep->header.engine.empty())
        words += " · " + section.sweep->header.engine + " engine";
    return element("p", "kicker", escaped(words));
}

}  // namespace

std::string verdict(const report::Headline& headline) {
    return fmt::format("<div class=\"verdict {}\">{}<p>{}</p></div>\n", report::name(headline.standing),
                       chip(headline.standing), escaped(with_micro(headline.sentence)));
}

std::string question_and_verdict(const report::Section& section, std::string_view level) {
    const std::string& question = section.question.empty() ? section.title : section.question;
    std::string result = kicker(section);
    result += element(level, "question", escaped(question.empty() ? section.scenario : question)) + '\n';
    if (!section.question.empty() && !section.title.empty() && section.title != section.question)
        result += element("p", "title", escaped(section.title)) + '\n';
    return result + verdict(section.headline);
}

std::string variant_lines(const report::Section& section, std::size_t index) {
    if (section.lines.empty()) return {};
    const bool is_compared =
        std::ranges::any_of(section.lines, [](const VariantLine& line) { return line.decision.has_value(); });
    std::string items;
    for (std::size_t i = 0; i < section.lines.size(); ++i)
        items += line_of(section, section.lines[i], index, is_compared && i == 0);
    return fmt::format("<ul class=\"variants\">\n{}</ul>\n", items);
}

std::string badges_of(const report::Section& section, const std::string& variant) {
    for (const VariantLine& line : section.lines)
        if (line.variant == variant) return short_badges(line.caveats);
    for (const charts::Subject& subject : section.charts.subjects)
        if (subject.name == variant) return short_badges(subject.caveats);
    return {};
}

}  // namespace portdrought::html
