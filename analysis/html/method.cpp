#include "analysis/html/method.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/trust.hpp"
#include "analysis/html/escape.hpp"
#include "analysis/html/markup.hpp"
#include "analysis/report/section.hpp"
#include "analysis/text/numbers.hpp"
#include "scenario/printer.hpp"

namespace portdrought::html {
namespace {

using report::ReportedRun;
using report::Section;

std::string term(std::string_view name, std::string_view content) {
    return element("dt", "", escaped(name)) + element("dd", "", content) + '\n';
}

std::string list_of(std::string_view classes, const std::vector<std::string>& sentences) {
    std::string items;
    for (const std::string& sentence : sentences) items += element("li", "", escaped(with_micro(sentence)));
    return items.empty() ? items : element("ul", classes, items) + '\n';
}

/// Who made the figures; empty where that is not known.
std::string engine_words(const Section& section) {
    bool some_modelled = false, some_measured = false;
    for (const ReportedRun& run : section.runs) (run.record->model ? some_modelled : some_measured) = true;
    if (section.sweep) {
        some_modelled = section.sweep->header.engine.find("model") != std::string::npos;
        some_measured = section.sweep->header.engine.find("kernel") != std::string::npos;
    }
    std::string words;
    if (some_measured) words = "Measured on a real Linux kernel, over loopback, in a private network namespace.";
    if (some_modelled)
        words += std::string{words.empty() ? "" : " What is marked as modelled was "} +
                 (words.empty() ? "Played" : "played") +
                 " by the model engine: tables of ports on simulated time, no packet sent.";
    return words;
}

/// How numbers are made, as far as this section has them.
std::string method_words(const Section& section) {
    std::vector<std::string> words;
    if (const std::string engine = engine_words(section); !engine.empty()) words.push_back(engine);
    words.emplace_back(
        "The load is an open loop unless its rate is “max”: attempts are due at times fixed beforehand, whatever "
        "became of "
        "the ones before. Every attempt has exactly one outcome.");
    words.emplace_back(
        "Times and rates are scenario time; latencies and CPU are always real. Where a run is compressed, its badge "
        "says by "
        "how much.");
    if (section.comparison.variants.size() > 1)
        words.emplace_back(
            "Variants were run in turn. One run is one number: a verdict takes an exact rank test over runs, adjusted "
            "for "
            "the number of tests (Holm), and an interval of the difference (Hodges-Lehmann) that is large enough to "
            "matter.");
    words.emplace_back(
        "Bands in charts go from the least to the most, over repeats and over all samples that share a place on the "
        "axis.");
    return list_of("notes", words);
}

std::string name_of(const ReportedRun& run) {
    const std::string& variant = run.record->scenario.variant;
    return fmt::format("{}run {}", variant.empty() ? "" : variant + ", ", run.record->repetition);
}

/// "note (240 s, run 1; 120 s, run 1; 7 more)"
std::string with_names(const std::string& note, const std::vector<std::string>& runs) {
    constexpr std::size_t most = 4;
    std::string names;
    for (std::size_t i = 0; i < std::min(runs.size(), most); ++i) names += (i == 0 ? "" : "; ") + runs[i];
    if (runs.size() > most) names += fmt::format("; {} more", runs.size() - most);
    return fmt::format("{} ({})", note, names);
}

/// Of the comparison, then of single runs, each note once; without those that only list what is unverified.
std::vector<std::string> notes_of(const Section& section) {
    std::vector<std::pair<std::string, std::vector<std::string>>> of_runs;
    for (const ReportedRun& run : section.runs) {
        const std::string listed = findings::unverified_note(findings::unverified(*run.record));
        for (const std::string& note : run.summary.notes) {
            if (note == listed) continue;
            auto found = std::ranges::find(of_runs, note, [](const auto& item) { return item.first; });
            if (found == of_runs.end()) found = of_runs.emplace(of_runs.end(), note, std::vector<std::string>{});
            found->second.push_back(name_of(run));
        }
    }
    std::vector<std::string> notes;
    const std::string listed = findings::unverified_note(findings::unverified(report::records_of(section.runs)));
    for (const std::string& note : section.comparison.notes)
        if (note != listed) notes.push_back(note);
    for (const auto& [note, runs] : of_runs) notes.push_back(with_names(note, runs));
    return notes;
}

std::string validity_notes(const Section& section) {
    const std::vector<std::string> notes = notes_of(section),
                                   unverified = findings::unverified(report::records_of(section.runs));
    std::string result = heading("h3", "What is to be said against it", "有效性说明");
    if (!notes.empty()) result += list_of("notes", notes);
    if (notes.empty() && unverified.empty())
        result += element("p", "", both("Nothing: there are no notes.", "没有：无任何说明。"));
    if (unverified.empty()) return result;
    return result + element("p", "note", both("Values that nobody could check here:", "此处无法核实的取值：")) +
           list_of("notes grave", unverified);
}

std::string sysctls(const record::HostFacts& host) {
    if (host.sysctls.empty()) return {};
    Table table("sysctls", both("Settings of the private namespace, as read back", "私有命名空间的设置（回读值）"));
    table.add_column("sysctl", "sysctl", false);
    table.add_column(both("value", "值"), "value", false);
    for (const auto& [name, value] : host.sysctls) table.add_row({escaped(name), element("code", "", escaped(value))});
    return details("data", both("Settings", "系统设置"), table.markup());
}

std::string environment(const Section& section) {
    if (section.runs.empty()) return {};
    const record::RunRecord& record = *section.runs.front().record;
    const record::HostFacts& host = record.host;
    std::string terms;
    if (!host.kernel.empty()) terms += term("kernel", escaped(fmt::format("Linux {} {}", host.kernel, host.machine)));
    if (host.cpus > 0) terms += term("CPUs", text::thousands(host.cpus));
    if (host.hz) terms += term("HZ", text::thousands(*host.hz));
    if (host.descriptor_limit > 0) terms += term("descriptors at most", text::thousands(host.descriptor_limit));
    if (!record.started_at.empty()) terms += term("first run began", escaped(record.started_at));
    terms += term("engine", escaped(record.engine));
    terms += term("profile", escaped(record.scenario.host.profile));
    if (record.model) terms += term("costs", escaped(record.model->costs_source));
    terms += term("program", escaped(fmt::format("portdrought {} ({})", record.tool_version, record.git_revision)));
    return heading("h3", "Environment", "环境") + element("dl", "facts", terms) + sysctls(host);
}

/// Each variant once, by scenario.
std::vector<std::vector<scenario::Scenario>> scenarios_of(const Section& section) {
    std::vector<std::vector<scenario::Scenario>> all;
    const auto add = [&](const scenario::Scenario& scenario) {
        const auto same_name = [&](const auto& variants) { return variants.front().name == scenario.name; };
        auto found = std::ranges::find_if(all, same_name);
        if (found == all.end()) found = all.emplace(all.end());
        const auto same_variant = [&](const scenario::Scenario& other) { return other.variant == scenario.variant; };
        if (std::ranges::none_of(*found, same_variant)) found->push_back(scenario);
    };
    for (const ReportedRun& run : section.runs) add(run.record->scenario);
    if (section.runs.empty())
        for (const report::KneeReport& knee : section.knees) add(knee.scenario);
    return all;
}

/// A sweep has no single scenario: the keys that all points share, as --set takes them, and what the others took in
/// turn.
std::string swept_keys(const record::SweepHeader& header) {
    std::string lines;
    for (const auto& [key, value] : header.scenario) lines += fmt::format("{} = {}\n", key, value);
    for (const record::SweepAxis& axis : header.axes) {
        std::string values;
        for (const std::string& value : axis.values) values += (values.empty() ? "" : ", ") + value;
        lines += fmt::format("{} = {}{}\n", axis.key, axis.values.size() > 1 ? "in turn " : "", values);
    }
    return fmt::format("<pre tabindex=\"0\"><code>{}</code></pre>\n", escaped(lines));
}

/// As `show` prints them.
std::string scenario_text(const Section& section) {
    std::string content = section.sweep ? swept_keys(section.sweep->header) : "";
    for (const auto& variants : scenarios_of(section))
        content += fmt::format("<pre tabindex=\"0\"><code>{}</code></pre>\n", escaped(scenario::to_toml(variants)));
    if (content.empty()) return {};
    return details("data scenario", both("The scenario, every key written out", "完整场景（写出每个键）"), content);
}

std::string sources(const Section& section) {
    if (section.sources.empty()) return {};
    return heading("h3", "Sources", "来源") + list_of("notes", section.sources);
}

std::string records(const Section& section) {
    std::vector<std::string> paths;
    for (const ReportedRun& run : section.runs)
        if (!run.path.empty()) paths.push_back(run.path);
    if (paths.empty()) return {};
    return details("data", both("Records", "记录文件"), list_of("paths", paths));
}

}  // namespace

std::string method_of(const Section& section, std::size_t index) {
    return fmt::format(
        "<section class=\"block method\" aria-labelledby=\"s{0}method\"><h2 "
        "id=\"s{0}method\">{1}</h2>\n{2}{3}{4}{5}{6}{7}"
        "</section>\n",
        index, both("Method and environment", "方法与环境"), method_words(section), validity_notes(section),
        environment(section), sources(section), scenario_text(section), records(section));
}

std::string how_to_repeat(const report::Report& report) {
    if (report.command.empty()) return {};
    return fmt::format("<section class=\"block repeat\">{}<pre tabindex=\"0\"><code>{}</code></pre></section>\n",
                       heading("h2", "Do it again", "重复此实验"), escaped(report.command));
}

}  // namespace portdrought::html
