#include "analysis/report/junit_xml.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/trust.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using expect::Judgement;
using expect::Verdict;

/// Bytes of the UTF-8 character at the start of `text`; 0 where there is none that XML 1.0 can hold.
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xc2 ? 0 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
    if (length == 0 || byte(0) > 0xf4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0U) != 0x80U) return 0;
    const bool overlong = (byte(0) == 0xe0 && byte(1) < 0xa0) || (byte(0) == 0xf0 && byte(1) < 0x90);
    const bool surrogate = byte(0) == 0xed && byte(1) >= 0xa0;
    const bool beyond = byte(0) == 0xf4 && byte(1) >= 0x90;
    const bool no_character = byte(0) == 0xef && byte(1) == 0xbf && byte(2) >= 0xbe;  // U+FFFE, U+FFFF
    return overlong || surrogate || beyond || no_character ? 0 : length;
}

std::string escaped(std::string_view character) {
    switch (character.front()) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\'': return "&apos;";
        case '\n': return "&#10;";
        default: return std::string{character};
    }
}

std::string attribute(std::string_view name, std::string_view value) {
    return fmt::format(" {}=\"{}\"", name, xml_text(value));
}

std::string property(std::string_view name, std::string_view value) {
    return "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

std::string properties(const Check& check) {
    std::string text = "    <properties>\n";
    if (check.file) text += property("file", *check.file);
    if (!check.runs.empty()) {
        const record::RunRecord& record = *check.runs.front().record;
        text += property("tool_version", record.tool_version) + property("engine", record.engine) +
                (record.host.kernel.empty() ? "" : property("kernel", record.host.kernel)) +
                property("time_scale", fmt::format("{}", record.scenario.lab.time_scale)) +
                property("seed", fmt::format("{}", record.scenario.lab.seed));
        for (const std::string& sentence : findings::unverified(record)) text += property("unverified", sentence);
    }
    for (const expect::Run& run : check.runs) text += property("record", run.name);
    return text + "    </properties>\n";
}

std::string open_case(const Check& check, std::string_view name, const scenario::Position* at) {
    std::string text = "    <testcase" + attribute("classname", check.scenario) + attribute("name", name);
    if (check.file && at != nullptr) text += attribute("file", *check.file) + fmt::format(" line=\"{}\"", at->line);
    return text;
}

std::string problem(std::string_view element, std::string_view type, const std::string& message,
                    const std::string& body) {
    return fmt::format(">\n      <{0}{1}{2}>{3}</{0}>\n    </testcase>\n", element, attribute("type", type),
                       attribute("message", message), xml_text(body));
}

std::string case_of(const Check& check, const Judgement& judgement) {
    std::string text = open_case(check, title(judgement), &judgement.at);
    if (judgement.verdict == Verdict::pass) return text + "/>\n";
    if (judgement.verdict == Verdict::invalid)
        return text + problem("error", "invalid", measured_words(judgement), measured_words(judgement));
    const std::string body = verdict_words(check, judgement) + "\nrecord " + record_of(check, judgement);
    return text + problem("failure", "expectation", measured_words(judgement), body);
}

std::string baseline_cases(const Check& check) {
    if (!check.regressions || check.regressions->compared == 0) return "";
    std::string text;
    for (const expect::Regression& regression : check.regressions->found) {
        const std::string whose = regression.variant.empty() ? "" : regression.variant + ": ";
        text += open_case(check, whose + "baseline " + regression.metric, nullptr) +
                problem("failure", "regression", words(regression), words(regression));
    }
    if (text.empty()) text = open_case(check, "baseline", nullptr) + "/>\n";
    return text;
}

std::size_t baseline_count(const Check& check) {
    if (!check.regressions || check.regressions->compared == 0) return 0;
    return std::max<std::size_t>(check.regressions->found.size(), 1);
}

std::string totals(const std::vector<Check>& checks) {
    const CheckCounts all = counts(checks);
    std::size_t tests = all.judged;
    for (const Check& check : checks) tests += baseline_count(check);
    return fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\"", tests, all.failed + all.regressions, all.invalid);
}

/// What was not judged, and why; a suite may have one such element.
std::string notes(const Check& check) {
    std::string all;
    for (const std::string& problem : unmentioned_problems(check)) all += problem + '\n';
    for (const std::string& note : check.left_out) all += note + '\n';
    if (check.regressions)
        for (const std::string& note : check.regressions->notes) all += note + '\n';
    return all.empty() ? "" : "    <system-out>" + xml_text(all) + "</system-out>\n";
}

std::string suite(const Check& check) {
    std::string text = "  <testsuite" + attribute("name", check.scenario) + totals({check}) + ">\n" + properties(check);
    for (const Judgement& judgement : check.judgements) text += case_of(check, judgement);
    text += baseline_cases(check);
    return text + notes(check) + "  </testsuite>\n";
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string result;
    const std::string plain = core::printable(text);
    for (std::string_view rest = plain; !rest.empty();) {
        const std::size_t length = character_length(rest);
        result += length == 0 ? "?" : escaped(rest.substr(0, length));
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

std::string junit_xml(const std::vector<Check>& checks) {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"portdrought\"" + totals(checks) + ">\n";
    for (const Check& check : checks) text += suite(check);
    return text + "</testsuites>\n";
}

}  // namespace portdrought::report
