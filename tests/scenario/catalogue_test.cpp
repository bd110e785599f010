#include "scenario/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "scenario/profile.hpp"
#include "scenario/reader.hpp"

namespace portdrought::scenario {
namespace {

using std::chrono::milliseconds, std::chrono::minutes;
using testing::HasSubstr;

constexpr Limits limits{20'000};
const std::filesystem::path folder = std::filesystem::path{PORTDROUGHT_SOURCE_DIR} / "scenarios";

std::string text_of(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream{path}.rdbuf();
    return text.str();
}

std::vector<Scenario> variants_of(std::string_view name) {
    const CatalogueEntry* entry = find_scenario(name);
    return entry == nullptr ? std::vector<Scenario>{} : read(entry->text, entry->file, {}, limits).variants;
}

TEST(Catalogue, HoldsOnlyValidScenariosNamedAfterTheirFiles) {
    for (const CatalogueEntry& entry : catalogue()) {
        const Reading reading = read(entry.text, entry.file, {}, limits);
        for (const Complaint& complaint : reading.complaints) ADD_FAILURE() << to_string(complaint);
        for (const Scenario& scenario : reading.variants) EXPECT_EQ(scenario.name, entry.name);
    }
}

TEST(Catalogue, SaysOfEachScenarioWhatItAsksWhereFromAndWhatIsExpected) {
    const std::string readme = text_of(folder / "README.md");
    for (const CatalogueEntry& entry : catalogue()) {
        const Scenario scenario = variants_of(entry.name).front();
        EXPECT_FALSE(scenario.title.empty() || scenario.question.empty() || scenario.source.empty() ||
                     scenario.expected.empty())
            << entry.name;
        const std::string heading = std::filesystem::path{entry.file}.replace_extension().string();
        EXPECT_THAT(readme, HasSubstr("## " + heading + " (")) << entry.name;
    }
}

TEST(Catalogue, HoldsEveryFileOfItsFolderAsItIs) {
    std::set<std::string> on_disk, embedded;
    for (const auto& file : std::filesystem::recursive_directory_iterator{folder}) {
        if (file.path().extension() == ".toml") on_disk.insert(std::filesystem::relative(file.path(), folder));
    }
    for (const auto entries : {catalogue(), profiles()}) {
        for (const CatalogueEntry& entry : entries) {
            embedded.emplace(entry.file);
            EXPECT_EQ(entry.text, text_of(folder / entry.file)) << entry.file;
        }
    }
    EXPECT_EQ(on_disk, embedded);
}

TEST(MitigationMatrix, HasAValidRowForEachSettingOfThreeMinutesAtMost) {
    const std::vector<Scenario> rows = variants_of("mitigation-matrix");
    EXPECT_GE(rows.size(), 30U);
    core::Duration all{0};
    for (const Scenario& row : rows) {
        all += row.load.duration + milliseconds{300};  // to start and end it
        if (row.variant == "base") continue;
        Scenario base = rows.front();
        base.variant = row.variant;
        base.load.duration = row.load.duration;
        EXPECT_NE(row, base) << "the row sets nothing";
    }
    EXPECT_LE(all, minutes{3});
}

TEST(MitigationMatrix, ExpectsSomethingOfEveryRow) {
    const CatalogueEntry* matrix = find_scenario("mitigation-matrix");
    for (const Scenario& row : variants_of(matrix->name))
        EXPECT_THAT(matrix->text, HasSubstr("\nvariant = \"" + row.variant + "\"\n"));
}

TEST(Catalogue, HasProfilesThatCanBeUsed) {
    for (const CatalogueEntry& profile : profiles()) {
        const std::string kind = profile_of(profile).kind == ProfileKind::nat ? "nat" : "host";
        const Reading reading =
            read("", std::string{profile.file},
                 {kind + ".profile=" + std::string{profile.name}, "lab.engine=model", "server.port=80"}, limits);
        for (const Complaint& complaint : reading.complaints) ADD_FAILURE() << to_string(complaint);
    }
    EXPECT_EQ(read("", "x.toml", {}, limits).variants.front().host, Host{})
        << "the profile linux differs from the defaults";
}

TEST(Catalogue, FindsByNameAndByPath) {
    EXPECT_THAT(look_up("article").source->text, HasSubstr("as listed"));
    const auto by_path = look_up((folder / "basics/article.toml").string());
    ASSERT_TRUE(by_path.source);
    EXPECT_EQ(by_path.source->text, look_up("article").source->text);
    ASSERT_TRUE(look_up("basics/article").source);
    EXPECT_EQ(look_up("basics/article").source->text, look_up("article").source->text);
    EXPECT_FALSE(look_up("servers/article").source);
}

TEST(Catalogue, KnowsItsTopics) {
    EXPECT_THAT(names_of_topic("basics"), testing::Contains("port-cliff"));
    EXPECT_THAT(names_of_topic("basic"), testing::IsEmpty());
    EXPECT_EQ(find_scenario("port-cliff")->topic(), "basics");
}

TEST(Catalogue, SaysWhyItFindsNothing) {
    EXPECT_EQ(look_up("artcle").problem, "artcle: not in the catalogue; did you mean article?");
    EXPECT_THAT(look_up("completely-different-thing").problem, HasSubstr("`portdrought list`"));
    EXPECT_EQ(look_up("./no-such.toml").problem,
              "./no-such.toml: cannot be read: No such file or directory; name a TOML file, or a scenario of "
              "portdrought list");
    EXPECT_THAT(look_up(folder.string()).problem, HasSubstr("is a directory"));
}

TEST(Article, TakesEverySecondPortWithoutComingRound) {
    const Scenario listed = variants_of("article").front();
    EXPECT_EQ(listed.variant, "as listed");
    EXPECT_EQ(listed.host.first_port, 3129);
    const double ports = 2 * listed.load.rate->per_second * core::seconds(listed.load.duration);
    EXPECT_LE(ports, listed.host.ports.last - *listed.host.first_port + 1);
    EXPECT_LE(listed.load.duration, time_wait_length(listed));
}

TEST(TimedWaitDelay, FailsAt240SecondsAndNotAt30) {
    const auto variants = variants_of("timed-wait-delay");
    ASSERT_EQ(variants.size(), 4U);
    for (const Scenario& s : variants) {
        const double wanted = s.load.rate->per_second * core::seconds(time_wait_length(s));
        EXPECT_EQ(wanted > static_cast<double>(port_capacity(s)), s.variant == "240 s") << s.variant;
    }
}

TEST(Catalogue, ShowsItsMainCasesInThirtySixSeconds) {
    double real = 0;
    for (const auto* name : {"article", "timed-wait-delay"}) {
        for (const Scenario& s : variants_of(name)) {
            real += core::seconds(compressed(s, s.load.duration));
            EXPECT_LE(s.load.rate->per_second * s.lab.time_scale, 2500) << name << ", " << s.variant;
        }
    }
    EXPECT_LE(real, 36);
}

}  // namespace
}  // namespace portdrought::scenario
