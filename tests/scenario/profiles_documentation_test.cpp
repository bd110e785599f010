// docs/profiles.md against the profiles, both ways.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "scenario/profile.hpp"

namespace portdrought::scenario {
namespace {

/// A tick where nothing is left to check, else what is.
std::string doubts_of(const Profile& profile) {
    std::string keys;
    for (const Evidence* evidence : unverified(profile))
        keys += (keys.empty() ? "`" : ", `") + evidence->key.substr(evidence->key.find('.') + 1) + '`';
    return keys.empty() ? "none" : keys;
}

std::string row_of(const Profile& profile) {
    std::string values;
    for (const Entry& value : profile.values)
        values += (values.empty() ? "`" : ", `") + value.key.substr(value.key.find('.') + 1) + ' ' + value.text + '`';
    return "| `" + profile.name + "` | " + values + " | " + doubts_of(profile) + " |";
}

TEST(ProfilesDocument, HasARowForEachProfileInOrder) {
    std::vector<std::string> written, expected;
    std::ifstream file{PORTDROUGHT_SOURCE_DIR "/docs/profiles.md"};
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("| `")) written.push_back(line);
    for (const CatalogueEntry& entry : profiles()) expected.push_back(row_of(profile_of(entry)));
    EXPECT_EQ(written, expected);
}

}  // namespace
}  // namespace portdrought::scenario
