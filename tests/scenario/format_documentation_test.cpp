// docs/scenario-format.md against the key table, both ways.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "scenario/keys/key_table.hpp"
#include "scenario/printer.hpp"
#include "scenario/reader.hpp"

namespace portdrought::scenario {
namespace {

std::vector<std::string> lines_of_document() {
    std::ifstream file{PORTDROUGHT_SOURCE_DIR "/docs/scenario-format.md"};
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

TEST(ScenarioFormatDocument, HasARowForEveryKeyAndNoOther) {
    std::vector<std::string> written, expected;
    for (const std::string& line : lines_of_document()) {
        if (line.starts_with("| `")) written.push_back(line);
    }
    const Scenario defaults;
    for (const Key& key : key_table())
        expected.push_back("| `" + key.name + "` | " + key.meaning + " | " + key.accepts + " | `" +
                           toml_value(key, defaults) + "` |");
    EXPECT_EQ(written, expected);
}

TEST(ScenarioFormatDocument, HasAnExampleThatIsAScenario) {
    std::string example;
    bool inside = false;
    for (const std::string& line : lines_of_document()) {
        if (line == "```") inside = false;
        if (inside) example += line + '\n';
        if (line == "```toml") inside = true;
    }
    const Reading reading = read(example, "example.toml", {}, Limits{20'000});
    for (const Complaint& complaint : reading.complaints) ADD_FAILURE() << to_string(complaint);
    EXPECT_EQ(reading.variants.size(), 2U);
}

}  // namespace
}  // namespace portdrought::scenario
