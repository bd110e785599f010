// One variant while it is being put together: settings are laid over each other, complaints collected, rules applied
// to what could be read. The reader decides what is laid over what.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "scenario/document.hpp"
#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

/// Where a value comes from; later ones override earlier ones and are the first to blame.
enum class Layer : std::uint8_t { profile, file, variant, setting };

/// Collects each complaint once, although variants share most of their text.
class Complaints {
public:
    void add(Complaint complaint);
    /// The file's from top to bottom, then those of --set.
    std::vector<Complaint> sorted() &&;

private:
    std::vector<Complaint> all_;
};

class Draft {
public:
    Draft(std::string file, Complaints& complaints) : file_(std::move(file)), complaints_(complaints) {}

    /// Sets what the entry says, or complains: unknown key or section, wrong type, unreadable or out of range.
    void lay(const Entry& entry, Layer layer);
    /// The profile is unknown: no rule is applied to a key of the section that nothing else sets.
    void distrust(const std::string& section);
    bool is_written(const std::string& key) const { return written_.contains(key); }

    void apply_rules(const Limits& limits);

    Scenario& scenario() { return scenario_; }

private:
    struct Written {
        Layer layer;
        Position at;
    };

    void complain_of_unknown(const Entry& entry, Layer layer);
    void blame(const Finding& finding);

    std::string file_;
    Complaints& complaints_;
    Scenario scenario_;
    std::map<std::string, Written> written_;
    std::set<std::string> unreadable_;
};

}  // namespace portdrought::scenario
