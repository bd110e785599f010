#include "analysis/findings/trust.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/finding.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::findings {

using record::RunRecord;

bool is_modelled(const RunRecord& record) { return record.engine == "model"; }

std::string engines_text(const std::vector<const RunRecord*>& records) {
    const RunRecord& first = *records.front();
    const auto differs = [&](const RunRecord* record) { return record->engine != first.engine; };
    if (std::ranges::any_of(records, differs)) return "different engines";
    const auto scale = [](const RunRecord* record) { return record->scenario.lab.time_scale; };
    const auto [least, most] = std::ranges::minmax_element(records, {}, scale);
    if (scale(*least) == scale(*most)) return engine_text(first);
    const std::string from = scale(*least) == 1 ? "up to" : "x" + text::figure(scale(*least)) + " to";
    return fmt::format("{} engine, compressed {} x{}", first.engine, from, text::figure(scale(*most)));
}

std::vector<std::string> unverified(const RunRecord& record) {
    return record.model ? record.model->unverified : std::vector<std::string>{};
}

std::string without_reason(const std::string& sentence) { return sentence.substr(0, sentence.find(": ")); }

std::vector<std::string> unverified(const std::vector<const RunRecord*>& records) {
    std::vector<std::string> all;
    for (const RunRecord* record : records)
        for (std::string& sentence : unverified(*record))
            if (std::ranges::find(all, sentence) == all.end()) all.push_back(std::move(sentence));
    return all;
}

std::string unverified_note(const std::vector<std::string>& sentences) {
    if (sentences.empty()) return {};
    constexpr std::size_t most = 8;  // what is left is in the records
    std::string list;
    for (std::size_t i = 0; i < std::min(most, sentences.size()); ++i)
        list += (i == 0 ? "" : "; ") + without_reason(sentences[i]);
    if (sentences.size() > most) list += fmt::format("; and {} more", sentences.size() - most);
    return fmt::format("Modelled on {} that nobody could check here: {}. The records give the reasons.",
                       text::counted(sentences.size(), "value"), list);
}

}  // namespace portdrought::findings
