// Writes OpenMetrics text family by family: metadata once, then every sample. Numbers go through std::to_chars, so that
// equal reports give equal bytes. Knows nothing of records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portdrought::report {

using Labels = std::vector<std::pair<std::string_view, std::string>>;

class MetricFamilies {
public:
    /// The next family; `unit` is the end of its name, or empty. One without samples is left out altogether.
    void family(std::string_view name, std::string_view type, std::string_view unit, std::string_view help);

    /// A sample of the family: its name with `suffix`, such as "_total". `time_s`: since 1970.
    void sample(std::string_view suffix, const Labels& labels, double value, std::optional<double> time_s = {});
    void sample(std::string_view suffix, const Labels& labels, std::uint64_t value, std::optional<double> time_s = {});

    std::string take();

private:
    void open(std::string_view suffix, const Labels& labels);
    void close(std::optional<double> time_s);

    std::string text_, name_, metadata_;
};

}  // namespace portdrought::report
