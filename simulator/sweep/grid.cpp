#include "sweep/grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/printable.hpp"
#include "scenario/flat.hpp"
#include "scenario/reader.hpp"

namespace portdrought::sweep {
namespace {

using scenario::Complaint;
using scenario::Pairs;
using scenario::Scenario;

constexpr const char* variant_axis = "variant";
constexpr const char* repetition_axis = "repetition";

/// As a file gives it back, so that a sweep that was read equals one that was not.
Pairs flat(const Scenario& scenario) {
    Pairs pairs = scenario::flatten(scenario);
    for (auto& [key, text] : pairs) text = core::printable(text);
    return pairs;
}

/// Title, question and the like describe the scenario and change nothing.
bool is_description(const std::string& key) { return key.find('.') == key.npos && key != variant_axis; }

std::vector<std::string> numbers_to(std::uint32_t most) {
    std::vector<std::string> numbers;
    for (std::uint32_t i = 1; i <= most; ++i) numbers.push_back(std::to_string(i));
    return numbers;
}

/// Complaints of many points, each text once.
class Collected {
public:
    struct Entry {
        Complaint complaint;
        std::uint64_t first = 0, count = 0;
    };

    void add(const Complaint& complaint, std::uint64_t point) {
        const auto [place, is_new] = places_.try_emplace(to_string(complaint), entries_.size());
        if (is_new) entries_.push_back({complaint, point, 0});
        ++entries_[place->second].count;
    }
    const std::vector<Entry>& entries() const { return entries_; }

private:
    std::map<std::string, std::size_t> places_;
    std::vector<Entry> entries_;
};

}  // namespace

Grid::Grid(Plan plan) : plan_(std::move(plan)) {
    if (plan_.variants.size() > 1) header_.axes.push_back({variant_axis, plan_.variants});
    first_axis_ = header_.axes.size();
    header_.axes.insert(header_.axes.end(), plan_.axes.begin(), plan_.axes.end());
    if (plan_.repeat > 1) header_.axes.push_back({repetition_axis, numbers_to(plan_.repeat)});
}

std::vector<std::string> Grid::settings_of(const std::vector<std::size_t>& place) const {
    std::vector<std::string> settings = plan_.settings;
    for (std::size_t i = 0; i < plan_.axes.size(); ++i)
        settings.push_back(plan_.axes[i].key + '=' + plan_.axes[i].values[place[first_axis_ + i]]);
    return settings;
}

Point Grid::at(std::uint64_t index) const {
    const std::vector<std::size_t> place = header_.place_of(index);
    scenario::Reading reading = scenario::read(plan_.text, plan_.file, settings_of(place), plan_.limits);
    const std::string variant = first_axis_ > 0          ? plan_.variants[place.front()]
                                : plan_.variants.empty() ? ""
                                                         : plan_.variants.front();
    const auto found = std::ranges::find(reading.variants, variant, &Scenario::variant);
    Point point{index, {}, 1};
    if (found == reading.variants.end()) return point;  // no TOML: examine() has said so
    point.scenario = std::move(*found);
    if (plan_.repeat > 1) {
        point.repetition = static_cast<std::uint32_t>(place.back()) + 1;
        point.scenario.lab.seed += point.repetition - 1;
    }
    return point;
}

std::string Grid::words(std::uint64_t index) const {
    const std::vector<std::size_t> place = header_.place_of(index);
    std::string words;
    for (std::size_t i = 0; i < plan_.axes.size(); ++i) {
        const record::SweepAxis& axis = plan_.axes[i];
        if (axis.values.size() > 1)
            words += fmt::format("{}{} = {}", words.empty() ? "" : ", ", axis.key, axis.values[place[first_axis_ + i]]);
    }
    return words;
}

Pairs Grid::settings(const Point& point) const {
    Pairs all = flat(point.scenario), settings;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool is_axis = std::ranges::find(plan_.axes, all[i].first, &record::SweepAxis::key) != plan_.axes.end();
        if ((is_axis || changes_[i]) && !is_description(all[i].first)) settings.push_back(std::move(all[i]));
    }
    return settings;
}

/// Complaints of what all points have in common name none; those of --vary's values name --vary.
std::string Grid::blame(const Complaint& complaint, std::uint64_t first, std::uint64_t count) const {
    const std::uint64_t looked_at = size() / plan_.repeat / std::max<std::size_t>(plan_.variants.size(), 1);
    if (count == looked_at) return complaint.text;
    const std::string more = count > 1 ? fmt::format(" and {} more", count - 1) : "";
    return fmt::format("{} (at {}{})", complaint.text, words(first), more);
}

Grid::Examination Grid::examine(const std::function<void(const Scenario&)>& visit) {
    Collected collected;
    Examination result;
    const std::uint64_t inner = plan_.repeat;
    const std::uint64_t combinations = size() / inner / std::max<std::size_t>(plan_.variants.size(), 1);
    Pairs first;
    for (std::uint64_t i = 0; i < combinations; ++i) {
        // Of the first variant and repetition: one reading has all variants, and repetitions differ in their seed.
        const auto reading = scenario::read(plan_.text, plan_.file, settings_of(header_.place_of(i * inner)),
                                            plan_.limits, plan_.variants.size() == 1 ? plan_.variants.front() : "");
        for (const Complaint& complaint : reading.complaints) collected.add(complaint, i * inner);
        for (const Scenario& variant : reading.variants) {
            if (!plan_.variants.empty() && std::ranges::find(plan_.variants, variant.variant) == plan_.variants.end())
                continue;
            if (variant.lab.seed + inner - 1 > INT64_MAX)
                collected.add(scenario::complain({"--repeat"}, "lab.seed",
                                                 "counts up beyond what a seed can be; write a smaller one"),
                              i * inner);
            const Pairs pairs = flat(variant);
            if (first.empty()) first = pairs, changes_.assign(pairs.size(), false);
            for (std::size_t k = 0; k < pairs.size(); ++k)
                changes_[k] =
                    changes_[k] || pairs[k].second != first[k].second || (inner > 1 && pairs[k].first == "lab.seed");
            visit(variant);
        }
    }
    for (const auto& [complaint, first_point, count] : collected.entries()) {
        Complaint blamed = complaint;
        blamed.text = blame(complaint, first_point, count);
        if (blamed.file == "--set" && blamed.line > plan_.settings.size()) {
            blamed.file = "--vary";
            blamed.line -= static_cast<std::uint32_t>(plan_.settings.size());
        }
        result.complaints.push_back(std::move(blamed));
    }
    for (std::size_t k = 0; k < first.size(); ++k)
        if (!changes_[k]) result.same.push_back(first[k]);
    return result;
}

}  // namespace portdrought::sweep
