#include "cli/serving.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <thread>

#include "analysis/html/page.hpp"
#include "analysis/report/section.hpp"
#include "cli/delivery.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"
#include "os/process/stop_signal.hpp"
#include "serve/endpoint.hpp"

namespace portdrought::cli {
namespace {

/// Progress is a courtesy, and so is this: where stderr is closed or full, the page is there without it.
void say(const std::string& text) {
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
}

serve::Page page_of(const CommandLine& line, const Sections& sections) {
    return [line, sections](const std::vector<serve::ShownRun>& shown) {
        std::vector<report::ReportedRun> runs;
        for (const serve::ShownRun& run : shown)
            runs.push_back(report::reported(*run.record, run.path.empty() ? "no record yet" : run.path));
        return html::html_page(report_of(sections(std::move(runs)), line, true));
    };
}

record::RunRecord skeleton_of(const PlannedRun& planned) {
    record::RunRecord record;
    record.tool_version = version;
    record.git_revision = git_revision;
    record.engine = planned.scenario->lab.engine == scenario::Engine::model ? "model" : "kernel";
    record.repetition = planned.repetition;
    record.scenario = *planned.scenario;
    if (record.engine == "model") record.model.emplace();
    return record;
}

}  // namespace

std::vector<report::Section> one_section(std::vector<report::ReportedRun> runs) {
    return {report::section_of(std::move(runs))};
}

Serving::Serving(const CommandLine& line, const Sections& sections) {
    if (!line.serve) return;
    const serve::ReadEndpoint read = serve::read_endpoint(*line.serve);
    if (!read.endpoint) throw UsageError("--serve: " + read.problem);
    server_.emplace(*read.endpoint, page_of(line, sections));
    say(fmt::format("portdrought: live page at {}\n", server_->endpoint().url()));
}

void Serving::begin(const PlannedRun& planned, const std::string& label) {
    if (server_) server_->begin(skeleton_of(planned), label);
}

void Serving::show(const engine::Progress& now) {
    if (server_) server_->progress(now);
}

void Serving::finished(const FinishedRun& run) {
    if (server_) server_->finished(run.path);
}

void Serving::end(bool interrupted) {
    if (!server_) return;
    const os::StopSignal stop;
    server_->end();
    if (!server_->is_served()) return say("portdrought: the live page ended before the runs did\n");
    if (interrupted || !stderr_is_terminal()) return;
    std::fflush(stdout);
    say(fmt::format("portdrought: the page stays at {} until Ctrl-C\n", server_->endpoint().url()));
    while (!os::StopSignal::requested()) {
        server_->catch_up();
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

}  // namespace portdrought::cli
