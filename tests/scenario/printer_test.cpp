#include "scenario/printer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario/catalogue.hpp"
#include "scenario/reader.hpp"

namespace portdrought::scenario {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Limits limits{20'000};

TEST(Printer, ReadsBackEqualForEveryScenarioOfTheCatalogue) {
    for (const CatalogueEntry& entry : catalogue()) {
        const auto variants = read(entry.text, entry.file, {}, limits).variants;
        const Reading back = read(to_toml(variants), "printed.toml", {}, limits);
        EXPECT_THAT(back.complaints, IsEmpty()) << entry.name;
        EXPECT_EQ(back.variants, variants) << entry.name;
        EXPECT_EQ(to_toml(back.variants), to_toml(variants)) << entry.name;
    }
}

TEST(Printer, KeepsTextThatTomlWouldTakeForSyntax) {
    Scenario scenario;
    scenario.name = "x";
    scenario.title = "quotes \" and \\ and\ttabs";
    scenario.question = "two\nlines, \u202E and \U000E0041, \x01 and \x7f, and … é";
    scenario.source = {"a \"quoted\" source", "another, with commas"};
    const Reading back = read(to_toml({scenario}), "printed.toml", {}, limits);
    EXPECT_THAT(back.complaints, IsEmpty());
    ASSERT_EQ(back.variants.size(), 1U);
    EXPECT_EQ(back.variants.front(), scenario);
}

TEST(Printer, WritesEveryKeyOnceAndWhatDiffersBelowItsVariant) {
    Scenario a, b;
    a.name = b.name = "x";
    a.variant = "a";
    b.variant = "b";
    b.host.sources = 4;
    const std::string text = to_toml({a, b});
    for (const Key& key : key_table())
        EXPECT_THAT(text, HasSubstr(key.name.substr(key.name.find('.') + 1) + " = ")) << key.name;
    EXPECT_THAT(
        text,
        HasSubstr("\n[[variant]]\nname = \"a\"\nhost.sources = 1\n\n[[variant]]\nname = \"b\"\nhost.sources = 4\n"));
    EXPECT_THAT(text, Not(HasSubstr("load.rate = ")));
}

TEST(Printer, PrintsWhatIsExpected) {
    Scenario a;
    a.name = "x";
    a.variant = "a \"b\"";
    const std::vector<Expectation> expectations{{"attempts == 1", "", {}}, {"ok_share of 'a' > 1 %", "a \"b\"", {}}};
    const std::string text = to_toml({a}, expectations);
    EXPECT_THAT(text, testing::EndsWith("\n[[expect]]\nthat = \"attempts == 1\"\n\n[[expect]]\nthat = \"ok_share of "
                                        "'a' > 1 %\"\nvariant = \"a \\\"b\\\"\"\n"));
    const Reading back = read(text, "printed.toml", {}, limits);
    EXPECT_THAT(back.complaints, IsEmpty());
    EXPECT_EQ(to_toml(back.variants, back.expectations), text);
}

TEST(Printer, PrintsASingleScenarioWithoutVariants) {
    EXPECT_THAT(to_toml({Scenario{}}), Not(HasSubstr("[[variant]]")));
}

}  // namespace
}  // namespace portdrought::scenario
