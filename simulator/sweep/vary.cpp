#include "sweep/vary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scenario/keys/key_table.hpp"
#include "scenario/keys/nearest.hpp"
#include "sweep/range.hpp"

namespace portdrought::sweep {
namespace {

using scenario::Complaint;
using scenario::Key;

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == text.npos) return "";
    return std::string{text.substr(first, text.find_last_not_of(" \t") - first + 1)};
}

struct Item {
    std::string text;
    bool quoted = false;
};

/// At commas, but not at those between double quotes.
std::vector<Item> items_of(std::string_view text) {
    std::vector<Item> items(1);
    bool inside = false;
    for (const char c : text) {
        if (c == '"') {
            inside = !inside;
            items.back().quoted = true;
        } else if (c == ',' && !inside) {
            items.emplace_back();
        } else {
            items.back().text += c;
        }
    }
    for (Item& item : items)
        if (!item.quoted) item.text = trimmed(item.text);
    return items;
}

/// The keys that a sweep can vary: those that change what happens.
std::vector<std::string> known_keys() {
    std::vector<std::string> names;
    for (const Key& key : scenario::key_table())
        if (key.name.find('.') != std::string::npos) names.push_back(key.name);
    return names;
}

class AxisReader {
public:
    AxisReader(std::uint32_t line, std::vector<Complaint>& complaints) : line_(line), complaints_(complaints) {}

    std::optional<record::SweepAxis> read(std::string_view text) {
        const std::size_t equals = text.find('=');
        axis_.key = trimmed(text.substr(0, equals));
        if (equals == text.npos || axis_.key.empty()) {
            complain("is not KEY=VALUES; write for example load.rate=100/s,200/s or load.rate=100/s..2000/s:100");
            return std::nullopt;
        }
        const auto known = known_keys();
        key_ = std::ranges::find(known, axis_.key) == known.end() ? nullptr : scenario::find_key(axis_.key);
        if (key_ == nullptr) {
            complain("unknown key" + scenario::did_you_mean(axis_.key, known));
            return std::nullopt;
        }
        for (const Item& item : items_of(text.substr(equals + 1))) take(item);
        return std::move(axis_);
    }

private:
    void complain(std::string text) {
        complaints_.push_back(scenario::complain({"--vary", line_, 1}, axis_.key, std::move(text)));
    }

    void take(const Item& item) {
        if (item.text.empty() && !item.quoted) return complain("has an empty value; take out a comma, or write \"\"");
        if (item.quoted || !is_range(item.text)) {
            add(item.text);
            return;
        }
        const RangeValues range = range_values(item.text, key_->form == scenario::Form::whole);
        if (range.fault) return complain('"' + item.text + "\" " + *range.fault);
        for (const std::string& value : range.values)
            if (!add(value)) return;  // the others of the range are wrong in the same way
    }

    bool add(const std::string& text) {
        scenario::Scenario scratch;
        auto fault = key_->read(scratch, text);
        if (!fault) fault = key_->out_of_range(scratch);
        if (fault) return complain('"' + text + "\" " + *fault), false;
        std::string value = key_->print(scratch);
        if (!seen_.insert(value).second) return complain('"' + text + "\" is there twice; leave one out"), false;
        axis_.values.push_back(std::move(value));
        return true;
    }

    std::uint32_t line_;
    std::vector<Complaint>& complaints_;
    const Key* key_ = nullptr;
    record::SweepAxis axis_;
    std::set<std::string> seen_;
};

}  // namespace

Axes axes_from(const std::vector<std::string>& texts) {
    Axes result;
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
        auto axis = AxisReader(i + 1, result.complaints).read(texts[i]);
        if (!axis) continue;
        if (std::ranges::find(result.axes, axis->key, &record::SweepAxis::key) != result.axes.end())
            result.complaints.push_back(scenario::complain({"--vary", i + 1, 1}, axis->key,
                                                           "is varied twice; write all its values in one --vary"));
        else
            result.axes.push_back(std::move(*axis));
    }
    return result;
}

}  // namespace portdrought::sweep
