#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "analysis/text/layout.hpp"
#include "cli/commands.hpp"
#include "cli/costs_choice.hpp"
#include "cli/next_step.hpp"
#include "cli/terminal.hpp"
#include "core/printable.hpp"
#include "lab/doctor.hpp"

namespace portdrought::cli {
namespace {

struct Mark {
    std::string_view word, colour;
};

Mark mark_of(lab::State state) {
    switch (state) {
        case lab::State::ok: return {"ok", "\033[32m"};
        case lab::State::limited: return {"limited", "\033[33m"};
        case lab::State::missing: break;
    }
    return {"missing", "\033[31m"};
}

void print(const lab::Capability& capability, std::size_t width, bool colour) {
    const Mark mark = mark_of(capability.state);
    constexpr std::size_t words_at = 9, reasons_at = 21;
    const std::size_t total = terminal_width();
    const std::string first = text::entry(fmt::format("{:<{}}{}", mark.word, words_at, capability.name),
                                          words_at + width + 2, capability.detail, total);
    fmt::print("{}{}{}{}", colour ? mark.colour : "", mark.word, colour ? "\033[0m" : "",
               std::string_view{first}.substr(mark.word.size()));
    if (capability.state == lab::State::ok) return;
    const auto explain = [total](std::string_view label, const std::string& words) {
        if (!words.empty())
            fmt::print("{}", text::entry(std::string(words_at, ' ').append(label), reasons_at, words, total));
    };
    explain("needed for", capability.why);
    explain("allow it", capability.remedy);
    explain("without it", capability.without);
}

std::string_view verdict(lab::State state) {
    switch (state) {
        case lab::State::ok: return "This machine can run every scenario on its own kernel.";
        case lab::State::limited: return "This machine can host the lab; what is limited is said above.";
        case lab::State::missing: break;
    }
    return "This machine cannot host the lab; list, show, plan, report and diagnose still work.";
}

/// Never an error: the doctor says what there is.
std::string costs_words() {
    try {
        const ChosenCosts costs = choose_costs(std::nullopt);
        if (costs.source != built_in_costs) return costs.source + ".";
        return "built in; portdrought calibrate measures those of this machine.";
    } catch (const UsageError& error) {
        return fmt::format("not readable: {}.", error.what());
    }
}

}  // namespace

int doctor(const CommandLine& line) {
    const std::vector<lab::Capability> capabilities = lab::examine();
    std::size_t width = 0;
    for (const lab::Capability& capability : capabilities) width = std::max(width, capability.name.size());
    for (const lab::Capability& capability : capabilities) print(capability, width, use_colour(line.colour));
    const lab::State worst = lab::overall(capabilities);
    const auto say = [](const std::string& words) { fmt::print("{}", text::paragraph(words, 0, terminal_width())); };
    fmt::print("\n");
    say(std::string{verdict(worst)});
    say("The model's costs: " + core::printable(costs_words()));
    print_last_lines(
        line, std::nullopt,
        worst == lab::State::missing ? "portdrought run article --engine model" : "portdrought run loopback-reuse");
    return worst == lab::State::missing ? exit_environment : exit_fine;
}

}  // namespace portdrought::cli
