// No two forms of a report disagree: each is read back to what it answers, and that is what the report says. A form
// that is written for people is read as plain words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <regex>
#include <sstream>

#include "analysis/html/page.hpp"
#include "analysis/report/agreement_text.hpp"
#include "analysis/report/check_text.hpp"
#include "analysis/report/comparison_text.hpp"
#include "analysis/report/junit_xml.hpp"
#include "analysis/report/knee_text.hpp"
#include "analysis/report/markdown.hpp"
#include "analysis/report/openmetrics.hpp"
#include "analysis/report/report_json.hpp"
#include "analysis/report/run_text.hpp"
#include "analysis/report/section.hpp"
#include "analysis/report/sweep_text.hpp"
#include "analysis/report/variant_cells.hpp"
#include "made_records.hpp"
#include "made_report.hpp"
#include "model/model_engine.hpp"
#include "record/json/json_tree.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/reader.hpp"

namespace portdrought::report {
namespace {

using Words = std::vector<std::string>;

/// What a form answers, in its own order: parts it has no place for stay empty.
struct Answers {
    Words headlines;     // "bad: Ports ran out after 119 s."
    Words lines;         // "30 s: good"
    Words effects;       // "better: +40.6 points"
    Words expectations;  // "fail"
    Words findings;      // of a knee "8.1/s: agrees", of a run held to the model "differs", of a point "not valid"
};

void add_findings(Answers& all, const Section& section) {
    for (const KneeReport& knee : section.knees)
        for (const knees::Judgement& item : knees::judge(knee.forecast, knee.knees, knee.scenario))
            all.findings.push_back(item.measured + ": " + item.words);
    for (const Validated& each : section.validated) all.findings.emplace_back(agreement::name(each.agreement.verdict));
    if (!section.sweep) return;
    for (const record::SweepRow& row : section.sweep->rows)
        all.findings.emplace_back(row.valid ? "valid" : "not valid");
}

Answers answers_of(const Report& report) {
    Answers all;
    for (const Section& section : report.sections) {
        all.headlines.push_back(std::string{name(section.headline.standing)} + ": " + section.headline.sentence);
        for (const VariantLine& line : section.lines) {
            all.lines.push_back(variant_name(line.variant) + ": " + name(line.standing));
            if (!line.effect.empty()) all.effects.push_back(line.effect);
        }
        add_findings(all, section);
        if (!section.check) continue;
        for (const expect::Judgement& judgement : section.check->judgements)
            all.expectations.emplace_back(expect::name(judgement.verdict));
    }
    return all;
}

std::string replaced(std::string text, const std::vector<std::pair<std::string, std::string>>& pairs) {
    for (const auto& [from, to] : pairs)
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    return text;
}

std::string without_entities(const std::string& text) {
    return replaced(text, {{"&#10;", "\n"},
                           {"&#8203;", ""},
                           {"&#39;", "'"},
                           {"&apos;", "'"},
                           {"&quot;", "\""},
                           {"&lt;", "<"},
                           {"&gt;", ">"},
                           {"&amp;", "&"}});
}

/// Markdown's own characters as they were before they were escaped.
std::string plain_markdown(const std::string& text) {
    return without_entities(std::regex_replace(text, std::regex{R"(\\([\\`*_\[\]|~$#]))"}, "$1"));
}

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::vector<std::string> cells_of(const std::string& row) {
    std::vector<std::string> cells;
    std::size_t begin = 2;
    for (std::size_t end = 0; (end = row.find(" | ", begin)) != std::string::npos; begin = end + 3)
        cells.push_back(plain_markdown(row.substr(begin, end - begin)));
    if (row.ends_with(" |")) cells.push_back(plain_markdown(row.substr(begin, row.size() - begin - 2)));
    return cells;
}

Answers read_markdown(const std::string& text) {
    Answers all;
    std::string table;
    for (const std::string& line : lines_of(text)) {
        std::smatch parts;
        if (std::regex_match(line, parts, std::regex{R"(\*\*(\w+)\*\*: (.*))"}))
            all.headlines.push_back(parts[1].str() + ": " + plain_markdown(parts[2]));
        if (!line.starts_with('|')) table.clear();
        if (!line.starts_with("| ")) continue;
        if (table.empty()) {
            table = line;
            continue;
        }
        const auto cells = cells_of(line);
        if (table.starts_with("| expectation")) {
            all.expectations.push_back(cells.at(2));
        } else if (table.starts_with("| knee")) {
            all.findings.push_back(cells.at(1) + ": " + cells.at(3));
        } else if (table.starts_with("| run | agreement")) {
            all.findings.push_back(cells.at(1));
        } else if (table.starts_with("| point")) {
            all.findings.emplace_back(cells.at(3) == "yes" ? "valid" : "not valid");
        } else if (table.starts_with("| variant | verdict")) {
            all.lines.push_back(cells.at(0) + ": " + cells.at(1));
            if (cells.at(2) != "–") all.effects.push_back(cells.at(2));
        }
    }
    return all;
}

Answers read_json(const std::string& text) {
    const auto tree = record::parse_json(text, "json");
    const record::JsonPlace root{tree, "json"};
    Answers all;
    for (const auto& section : root.at("sections").items()) {
        const auto headline = section.at("headline");
        all.headlines.push_back(headline.at("standing").text() + ": " + headline.at("sentence").text());
        for (const auto& line : section.at("lines").items()) {
            all.lines.push_back(line.at("variant").text() + ": " + line.at("standing").text());
            if (!line.has("effect")) continue;
            all.effects.push_back(line.at("effect").text());
            EXPECT_TRUE(line.at("effect").text().starts_with(line.at("decision").text()));
        }
    }
    if (root.has("agreements"))
        for (const auto& each : root.at("agreements").items()) all.findings.push_back(each.at("verdict").text());
    if (root.has("expectations"))
        for (const auto& expectation : root.at("expectations").items())
            all.expectations.push_back(expectation.at("verdict").text());
    return all;
}

/// Of one case; `section` says what command it is of.
void add_findings_of_case(Words& all, const std::string& text, const Section& section) {
    if (!section.validated.empty()) {
        all.emplace_back(text.find("<failure ") != text.npos   ? "differs"
                         : text.find("<error ") != text.npos   ? "not measured"
                         : text.find("<skipped>") != text.npos ? "not modelled"
                                                               : "agrees");
    } else if (section.sweep) {
        all.emplace_back(text.find("<error ") != text.npos ? "not valid" : "valid");
    }
    static const std::regex knee{R"(: measured (.*?), predicted .*?: (.*?)(?=&#10;|<))"};
    for (std::sregex_iterator at{text.begin(), text.end(), knee}, end; at != end; ++at)
        all.push_back(without_entities((*at)[1]) + ": " + without_entities((*at)[2]));
}

Answers read_junit(const std::string& text) {
    Answers all;
    const std::regex property{R"re(\s*<property name="([^"]*)" value="([^"]*)"/>)re"};
    bool has_expectations = false;
    std::string standing;
    for (const std::string& line : lines_of(text)) {
        std::smatch parts;
        if (std::regex_match(line, parts, property)) {
            const std::string name = without_entities(parts[1]), value = without_entities(parts[2]);
            if (name == "standing") standing = value;
            if (name == "headline") all.headlines.push_back(standing + ": " + value);
            if (name.starts_with("standing of ")) all.lines.push_back(name.substr(12) + ": " + value);
            has_expectations = has_expectations || name == "file";
        }
        if (has_expectations && line.find("<testcase ") != line.npos) all.expectations.emplace_back("pass");
        if (has_expectations && line.find("<failure ") != line.npos) all.expectations.back() = "fail";
        if (has_expectations && line.find("<error ") != line.npos) all.expectations.back() = "invalid";
    }
    return all;
}

Answers read_openmetrics(const std::string& text) {
    Answers all;
    const std::regex standing{R"re(portdrought_standing\{.*variant="([^"]*)",portdrought_standing="(\w+)"\} 1)re"},
        expectation{R"re(portdrought_expectation\{.*portdrought_expectation="(\w+)"\} 1)re"};
    for (const std::string& line : lines_of(text)) {
        std::smatch parts;
        if (std::regex_match(line, parts, standing))
            all.lines.push_back(replaced(parts[1], {{"\\\"", "\""}, {"\\\\", "\\"}}) + ": " + parts[2].str());
        if (std::regex_match(line, parts, expectation)) all.expectations.push_back(parts[1]);
    }
    return all;
}

/// What stands between `before` and `after`, from `at` on; `at` is then behind it.
std::optional<std::string> between(const std::string& text, const std::string& before, const std::string& after,
                                   std::size_t& at) {
    const std::size_t begin = text.find(before, at);
    if (begin == text.npos) return std::nullopt;
    const std::size_t end = text.find(after, begin + before.size());
    at = end;
    return without_entities(text.substr(begin + before.size(), end - begin - before.size()));
}

std::string first_between(const std::string& text, const std::string& before, const std::string& after) {
    std::size_t at = 0;
    return between(text, before, after, at).value_or("");
}

/// By the classes that colours and symbols come from; a page says "µs".
Answers read_html(const std::string& page) {
    const std::string text = replaced(page, {{"µs", "us"}});
    Answers all;
    std::size_t at = 0;
    while (const auto verdict = between(text, "<div class=\"verdict ", "</div>", at))
        all.headlines.push_back(verdict->substr(0, verdict->find('"')) + ": " + first_between(*verdict, "<p>", "</p>"));
    at = 0;
    while (const auto line = between(text, "<li class=\"variant\"", "</li>\n", at)) {
        all.lines.push_back(first_between(*line, "<h3>", "</h3>") + ": " +
                            first_between(*line, "<span class=\"chip ", "\""));
        const std::string effect = first_between(*line, "<p class=\"effect\"><span class=\"chip ", "</p>");
        if (effect.empty()) continue;
        all.effects.push_back(first_between(effect, "<span lang=\"en\">", "<") + ' ' +
                              first_between(effect, "<span class=\"interval\">", "<"));
    }
    at = 0;
    while (const auto table = between(text, "What the scenario expects", "</table>", at)) {
        std::size_t row = 0;
        while (const auto verdict = between(*table, "<th scope=\"row\">", "</th>", row))
            all.expectations.emplace_back(verdict->find("holds") != verdict->npos   ? "pass"
                                          : verdict->find("fails") != verdict->npos ? "fail"
                                                                                    : "invalid");
    }
    return all;
}

/// What differs between "better: +1" and "better +1" is not what it says.
Words bare(Words effects) {
    for (std::string& effect : effects) std::erase_if(effect, [](char c) { return c == ' ' || c == ':' || c == ','; });
    return effects;
}

Answers read_junit_of(const Report& report) {
    const std::string text = junit_xml(report);
    Answers all = read_junit(text);
    std::size_t at = 0;
    if (report.sections.size() == 1)
        while ((at = text.find("<testcase ", at)) != text.npos) {
            const std::size_t end = std::min(text.find("<testcase ", at + 1), text.size());
            add_findings_of_case(all.findings, text.substr(at, end - at), report.sections.front());
            at = end;
        }
    return all;
}

struct Form {
    const char* name;
    std::function<Answers(const Report&)> answers;
};

const std::vector<Form>& forms_for_programs() {
    static const std::vector<Form> forms{
        {"Markdown", [](const Report& report) { return read_markdown(markdown(report)); }},
        {"JSON", [](const Report& report) { return read_json(report_json(report)); }},
        {"JUnit", read_junit_of},
        {"HTML", [](const Report& report) { return read_html(html::html_page(report)); }},
        {"OpenMetrics", [](const Report& report) { return read_openmetrics(openmetrics(report)); }}};
    return forms;
}

/// Words with single blanks between them, wherever lines were broken.
std::string words_of(const std::string& text) {
    std::istringstream stream(text);
    std::string all;
    for (std::string word; stream >> word;) all += word + ' ';
    return all;
}

/// What is to be read on a page: no tags, no style, no script.
std::string words_of_html(const std::string& page) {
    std::string text;
    for (std::size_t at = 0; at < page.size();) {
        if (page[at] != '<') {
            text += page[at++];
            continue;
        }
        text += ' ';
        for (const std::string name : {"script", "style"})
            if (page.compare(at + 1, name.size(), name) == 0) at = page.find("</" + name, at);
        at = std::min(page.find('>', at), page.size() - 1) + 1;
    }
    return words_of(replaced(without_entities(text), {{"µs", "us"}}));
}

/// As the commands print it.
std::string terminal(const Report& report) {
    const text::TextStyle wide{.width = 100'000};
    std::string text;
    for (const Section& section : report.sections) {
        for (const ReportedRun& run : section.runs) text += render_text(run.summary, wide);
        if (section.lines.size() > 1) text += render_text(section, wide);
        if (section.check) text += render_text(*section.check, wide);
        for (const KneeReport& knee : section.knees) text += render_text(knee, wide);
        for (const Validated& each : section.validated) text += render_text(each, wide);
        if (section.sweep) text += render_text(*section.sweep, wide);
    }
    return text;
}

/// Forms that are written for people.
const std::vector<std::pair<const char*, std::function<std::string(const Report&)>>>& forms_for_people() {
    static const std::vector<std::pair<const char*, std::function<std::string(const Report&)>>> forms{
        {"terminal", [](const Report& report) { return words_of(terminal(report)); }},
        {"Markdown", [](const Report& report) { return words_of(plain_markdown(markdown(report))); }},
        {"HTML", [](const Report& report) { return words_of_html(html::html_page(report)); }}};
    return forms;
}

std::size_t times(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
    return count;
}

/// Every sentence about a variant and an expectation is there.
void expect_words(const std::string& words, const Report& report) {
    for (const Section& section : report.sections) {
        const bool is_of_runs = !section.check && section.knees.empty() && section.validated.empty() && !section.sweep;
        const bool has_answer = section.lines.size() > 1 || section.headline.standing != Standing::invalid;
        if (is_of_runs && has_answer) {  // a single run that is not valid is headed by that word and its notes
            EXPECT_GE(times(words, words_of(section.headline.sentence)), 1U) << section.headline.sentence;
        }
        for (const VariantLine& line : section.lines) EXPECT_GE(times(words, words_of(line.words)), 1U) << line.words;
        for (const KneeReport& knee : section.knees)
            for (const std::string& sentence : knee_words(knee)) EXPECT_GE(times(words, words_of(sentence)), 1U);
        for (const Validated& each : section.validated)
            EXPECT_GE(times(words, words_of(each.agreement.reason)), 1U) << each.agreement.reason;
        if (!section.check) continue;
        for (const expect::Judgement& judgement : section.check->judgements)
            EXPECT_GE(times(words, words_of(measured_words(judgement))), 1U) << measured_words(judgement);
    }
}

/// JSON has those of knees as figures, a page in words; series have none.
bool has_findings(std::string_view form, const Report& report) {
    return form == "Markdown" || form == "JUnit" || (form == "JSON" && !report.sections.front().validated.empty());
}

/// JUnit and OpenMetrics say how each variant stands, not how it differs from another.
bool shows_effects(std::string_view form) { return form != "JUnit" && form != "OpenMetrics"; }

void expect_agreement(const Report& report) {
    const Answers said = answers_of(report);
    for (const Form& form : forms_for_programs()) {
        SCOPED_TRACE(form.name);
        Answers read = form.answers(report);
        if (std::string_view{form.name} == "OpenMetrics") read.headlines = said.headlines;  // has no sentences
        if (!shows_effects(form.name)) read.effects = said.effects;
        if (!has_findings(form.name, report)) read.findings = said.findings;
        EXPECT_EQ(read.headlines, said.headlines);
        EXPECT_EQ(read.lines, said.lines);
        EXPECT_EQ(bare(read.effects), bare(said.effects));
        EXPECT_EQ(read.findings, said.findings);
        // Markdown has those that failed first.
        EXPECT_THAT(read.expectations, testing::UnorderedElementsAreArray(said.expectations));
    }
    for (const auto& [form, words] : forms_for_people()) {
        SCOPED_TRACE(form);
        expect_words(words(report), report);
    }
}

TEST(Forms, AgreeOnRunsOfEveryKind) {
    for (const auto& record :
         {made::exhausted(), made::fine(), made::with_linger(), made::server_closes(), made::relay(), made::invalid(),
          made::with_pool(), made::held_back(), made::interrupted(), made::modelled(), made::behind_nat()}) {
        SCOPED_TRACE(record.scenario.name + ", " + record.scenario.variant);
        expect_agreement(made::compared({record}).report);
    }
}

TEST(Forms, AgreeOnComparisons) {
    const made::Reported made = made::four_times();
    expect_agreement(made.report);
    EXPECT_EQ(answers_of(made.report).effects.size(), 2U);
}

TEST(Forms, AgreeOnChecks) {
    const made::Reported made = made::checked();
    expect_agreement(made.report);
    EXPECT_EQ(answers_of(made.report).expectations.size(), 5U);
}

TEST(Forms, AgreeOnWhatKneeValidateAndSweepFoundOut) {
    for (const made::Reported& made : {made::searched(), made::validated(), made::swept()})
        expect_agreement(made.report);
    EXPECT_EQ(answers_of(made::searched().report).findings.size(), 6U);
    EXPECT_EQ(answers_of(made::validated().report).findings.size(), 4U);
    EXPECT_EQ(answers_of(made::swept().report).findings.size(), 9U);
}

/// Every variant of a scenario of the catalogue, played by the model.
made::Reported played(const char* name, const std::string& duration) {
    const scenario::CatalogueEntry* entry = scenario::find_scenario(name);
    const auto reading =
        scenario::read(entry->text, entry->file, {"lab.engine=model", "load.duration=" + duration}, {});
    EXPECT_TRUE(reading.is_valid());
    std::vector<record::RunRecord> records;
    for (const scenario::Scenario& variant : reading.variants)
        records.push_back(model::ModelEngine().run(variant, 1, {}));
    return made::compared(records);
}

TEST(Forms, AgreeOnModelledScenariosOfTheCatalogue) {
    expect_agreement(played("timed-wait-delay", "300s").report);
    expect_agreement(played("so-linger", "300s").report);
    expect_agreement(played("loopback-reuse", "3s").report);
}

TEST(Forms, WouldBeSeenToDisagree) {
    made::Reported made = made::checked();
    const Answers said = answers_of(made.report);
    made.report.sections.front().lines.front().standing = Standing::good;
    made.report.sections.front().headline.sentence = "All is well.";
    made.report.sections.front().check->judgements.front().verdict = expect::Verdict::pass;
    for (const Form& form : forms_for_programs()) {
        const Answers read = form.answers(made.report);
        EXPECT_NE(read.lines, said.lines) << form.name;
        EXPECT_THAT(read.expectations, testing::Not(testing::UnorderedElementsAreArray(said.expectations)));
    }
}

}  // namespace
}  // namespace portdrought::report
