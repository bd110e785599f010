// A profile taken apart: the values a host or a NAT has by it, each with what speaks for it, and which of them a
// scenario rests on without anybody having checked them. The files are in catalogue.hpp; laying them is the reader's
// business.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/catalogue.hpp"
#include "scenario/document.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

enum class ProfileKind : std::uint8_t { host, nat };

/// "host", "NAT".
std::string_view name(ProfileKind kind);

/// What speaks for one value of a profile.
struct Evidence {
    std::string key;        // "host.timed_wait_delay"
    std::string source;     // where it was found
    bool verified = false;  // read in the primary text (source code, the maker's own document), or measured
    std::string note;       // of a value that is not: why; else what there is to add, or empty
};

struct Profile {
    std::string name, title;
    ProfileKind kind = ProfileKind::host;
    std::vector<Entry> values;       // of its section alone, in the order written
    std::vector<Evidence> evidence;  // one for each value, in the order written
};

Profile profile_of(const CatalogueEntry& entry);

/// Names in the catalogue's order.
std::vector<std::string> names_of(ProfileKind kind);

/// Values of the profile that are not verified.
std::vector<const Evidence*> unverified(const Profile& profile);

/// A sentence for each value that the scenario takes from its profiles, that plays a part in it and that is not
/// verified: "host.timed_wait_delay = 120s (windows-10): documentation disagrees: …". A key that says something else
/// than the profile is the user's, not the profile's.
std::vector<std::string> unverified(const Scenario& scenario);

}  // namespace portdrought::scenario
