#include "cli/settings.hpp"

#include <algorithm>

namespace portdrought::cli {

std::vector<std::string> texts_of(const std::vector<Setting>& settings) {
    std::vector<std::string> texts;
    for (const Setting& setting : settings) texts.push_back(setting.text);
    return texts;
}

void name_options(std::vector<scenario::Complaint>& complaints, const std::vector<Setting>& settings) {
    for (scenario::Complaint& complaint : complaints) {
        if (complaint.file != "--set" || complaint.line < 1 || complaint.line > settings.size()) continue;
        const auto blamed = settings.begin() + (complaint.line - 1);
        if (blamed->option.empty()) {
            const auto typed = [](const Setting& setting) { return setting.option.empty(); };
            complaint.line = static_cast<std::uint32_t>(std::count_if(settings.begin(), blamed + 1, typed));
        } else {
            complaint.file = blamed->option;
            complaint.line = 0;
        }
    }
}

}  // namespace portdrought::cli
