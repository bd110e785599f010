// docs/record-format.md against what the program writes.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "full_record.hpp"
#include "record/json/json_tree.hpp"
#include "record/record_file.hpp"

namespace portdrought::record {
namespace {

// Objects whose keys are data: names of sysctls, counters, errors, destinations; scenario keys have their own page.
const std::set<std::string> keyed_by_data{"sysctls",  "errors",  "relay_errors", "ports_by_destination",
                                          "scenario", "counters"};

void collect(const JsonNode& node, std::set<std::string>& keys) {
    if (!node.parts) return;
    for (const JsonNode& item : node.parts->items) collect(item, keys);
    for (const auto& [key, member] : node.parts->members) {
        keys.insert(key);
        if (!keyed_by_data.contains(key)) collect(member, keys);
    }
}

TEST(RecordFormatDocument, DescribesEveryMember) {
    std::ifstream file(PORTDROUGHT_SOURCE_DIR "/docs/record-format.md");
    ASSERT_TRUE(file);
    std::stringstream page;
    page << file.rdbuf();
    std::set<std::string> keys;
    collect(parse_json(to_json(full_record()), "full record"), keys);
    EXPECT_GT(keys.size(), 90U);
    for (const std::string& key : keys)
        EXPECT_NE(page.str().find('`' + key + '`'), std::string::npos) << "docs/record-format.md lacks `" << key << '`';
}

}  // namespace
}  // namespace portdrought::record
