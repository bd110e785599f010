#include "analysis/report/plan_header.hpp"

#include <fmt/format.h>

#include "analysis/text/numbers.hpp"
#include "core/printable.hpp"

namespace portdrought::report {

using knees::Plan;

std::string plan_header(const Plan& plan, const text::TextStyle& style) {
    return text::heading(core::printable(scenario::full_name(plan.scenario)),
                         plan.played ? "plan: by the laws of docs/laws.md, the model beside them"
                                     : "plan: nothing was run, all by the laws of docs/laws.md",
                         style);
}

std::string silence_words(const Plan& plan) {
    const laws::Prediction& law = plan.forecast.law;
    const scenario::Load& load = plan.scenario.load;
    if (!law.answered)
        return fmt::format("No prediction: the server does not answer (server.{} = false).",
                           plan.scenario.server.listens ? "accepts" : "listens");
    if (!law.pooled) return {};
    std::string words =
        "The pool reuses connections: how many are opened depends on how many requests are under way at once, which no "
        "law here knows beforehand, so no knee is predicted.";
    if (load.pool_max_requests > 0)
        words += fmt::format(" Each is closed after {} (load.pool_max_requests), and others than that come on top.",
                             text::counted(load.pool_max_requests, "request"));
    return words;
}

}  // namespace portdrought::report
