#include "analysis/report/junit_suite.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/text/utf8.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

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

std::string attributes(const JUnitSuite::Totals& totals) {
    return fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\"", totals.tests, totals.failures, totals.errors);
}

std::string open_case(std::string_view scenario, std::string_view name) {
    return "    <testcase" + attribute("classname", scenario) + attribute("name", name);
}

std::string case_with(std::string_view scenario, std::string_view name, std::string_view element,
                      std::string_view text) {
    return fmt::format("{0}>\n      <{1}>{2}</{1}>\n    </testcase>\n", open_case(scenario, name), element,
                       xml_text(text));
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string result;
    const std::string plain = core::printable(text);
    for (std::string_view rest = plain; !rest.empty();) {
        const std::size_t length = text::character_length(rest);
        result += length == 0 ? "?" : escaped(rest.substr(0, length));
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

void JUnitSuite::property(std::string_view name, std::string_view value) {
    properties_ += "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

void JUnitSuite::passed(std::string_view scenario, std::string_view name, std::string_view words) {
    ++totals_.tests;
    cases_ += words.empty() ? open_case(scenario, name) + "/>\n" : case_with(scenario, name, "system-out", words);
}

void JUnitSuite::skipped(std::string_view scenario, std::string_view name, std::string_view reason) {
    ++totals_.tests;
    cases_ += case_with(scenario, name, "skipped", reason);
}

void JUnitSuite::invalid(std::string_view scenario, std::string_view name, std::string_view message,
                         std::string_view body) {
    ++totals_.errors;
    problem(scenario, name, "error", "invalid", message, body);
}

void JUnitSuite::failed(std::string_view scenario, std::string_view name, std::string_view type,
                        std::string_view message, std::string_view body) {
    ++totals_.failures;
    problem(scenario, name, "failure", type, message, body);
}

void JUnitSuite::problem(std::string_view scenario, std::string_view name, std::string_view element,
                         std::string_view type, std::string_view message, std::string_view body) {
    ++totals_.tests;
    cases_ += fmt::format("{0}>\n      <{1}{2}{3}>{4}</{1}>\n    </testcase>\n", open_case(scenario, name), element,
                          attribute("type", type), attribute("message", message), xml_text(body));
}

void JUnitSuite::output(std::string_view text) { output_ = "    <system-out>" + xml_text(text) + "</system-out>\n"; }

std::string JUnitSuite::text() const {
    // The schema wants at least one property in their element.
    const std::string properties =
        properties_.empty() ? "" : "    <properties>\n" + properties_ + "    </properties>\n";
    return "  <testsuite" + attribute("name", name_) + attributes(totals_) + ">\n" + properties + cases_ + output_ +
           "  </testsuite>\n";
}

std::string junit_document(const JUnitSuite::Totals& totals, std::string_view suites) {
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"portdrought\"{}>\n{}</testsuites>\n",
        attributes(totals), suites);
}

}  // namespace portdrought::report
