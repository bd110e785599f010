#include "analysis/report/brief_plan_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/plan_header.hpp"
#include "analysis/report/plan_text.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"

namespace portdrought::report {
namespace {

using knees::Mitigation;
using knees::Plan;

std::string rate_words(const knees::Forecast::Knee& knee) {
    return knee.per_s ? text::figure_below(*knee.per_s) + "/s" : "any rate";
}

std::string sustained_words(const Plan& plan) {
    if (plan.forecast.is_silent) return "";
    const auto& lasting = plan.forecast.lasting();
    std::string words = fmt::format("{} sustained{}: {}.", rate_words(lasting),
                                    plan.forecast.law.pairs_at_most ? " on average" : "", lasting.why);
    if (plan.forecast.cliff.per_s)
        words += fmt::format(" connect() is slow from {}: {} instead of {}.", rate_words(plan.forecast.cliff),
                             text::latency(plan.forecast.connect_after), text::latency(plan.forecast.connect_before));
    return words + ' ';
}

std::string gain_words(const Mitigation& item) {
    if (!item.lasts_per_s) return "no limit";
    if (item.is_useless()) return "none";
    return item.factor ? "x" + text::figure(*item.factor) : text::figure_below(*item.lasts_per_s) + "/s";
}

/// The first of them, which names the mitigation; "…" stands for what goes with it.
std::string setting_words(const Mitigation& item) {
    return item.settings.front() + (item.settings.size() > 1 ? " …" : "");
}

std::string mitigations_table(const Plan& plan, std::size_t width) {
    text::Table table({"headroom", "with --set", "price"});
    for (const Mitigation& item : plan.mitigations) table.add_row({gain_words(item), setting_words(item), item.price});
    return table.render(width);
}

}  // namespace

std::string brief_text(const Plan& plan, const text::TextStyle& style) {
    const std::size_t prose = std::min(style.width, text::prose_width);
    std::string result = plan_header(plan, style) + '\n';
    result += text::paragraph(sustained_words(plan) + exhaustion_words(plan), 2, prose);
    if (!plan.mitigations.empty()) result += '\n' + mitigations_table(plan, style.width);
    std::string unverified;
    for (const std::string& sentence : plan.unverified)
        unverified += text::paragraph("unverified: " + sentence, 2, prose);
    return unverified.empty() ? result : result + '\n' + unverified;
}

}  // namespace portdrought::report
