#include "sweep/vary.hpp"

#include <gmock/gmock.h>

namespace portdrought::sweep {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

record::SweepAxis axis_of(const std::string& text) {
    const Axes axes = axes_from({text});
    for (const auto& complaint : axes.complaints) ADD_FAILURE() << to_string(complaint);
    return axes.axes.empty() ? record::SweepAxis{} : axes.axes.front();
}

std::string complaints_of(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& complaint : axes_from(texts).complaints) all += to_string(complaint) + '\n';
    return all;
}

TEST(Vary, ListsValuesAsTheKeyTablePrintsThem) {
    const auto axis = axis_of(" host.timed_wait_delay = 30s, 1min,natural");
    EXPECT_EQ(axis.key, "host.timed_wait_delay");
    EXPECT_THAT(axis.values, ElementsAre("30s", "60s", "natural"));
}

TEST(Vary, MixesValuesAndRanges) {
    EXPECT_THAT(axis_of("load.rate=1/s..3/s:1,10/s,max").values, ElementsAre("1/s", "2/s", "3/s", "10/s", "max"));
    EXPECT_THAT(axis_of("server.drops_syn=0..0.2:0.1").values, ElementsAre("0", "0.1", "0.2"));
    EXPECT_THAT(axis_of("load.in_flight=1..3:x1.5").values, ElementsAre("1", "2"));
}

TEST(Vary, TakesValuesWithCommasInQuotes) {
    EXPECT_THAT(axis_of("host.reserved_ports=\"33000-33999,40000\",\"\",50000").values,
                ElementsAre("33000-33999,40000", "", "50000"));
}

TEST(Vary, CollectsEveryMistakeWithItsRemedy) {
    EXPECT_EQ(complaints_of({"load.rate=fast,5/s", "load.rat=1/s", "load.rate", "=5", "name=a,b"}),
              "--vary:1:1: load.rate: \"fast\" is not a rate; write connections per second, such as \"200/s\", or "
              "\"max\"\n"
              "--vary:2:1: load.rat: unknown key; did you mean load.rate?\n"
              "--vary:3:1: load.rate: is not KEY=VALUES; write for example load.rate=100/s,200/s or "
              "load.rate=100/s..2000/s:100\n"
              "--vary:4:1: is not KEY=VALUES; write for example load.rate=100/s,200/s or "
              "load.rate=100/s..2000/s:100\n"
              "--vary:5:1: name: unknown key\n");
    EXPECT_THAT(complaints_of({"load.in_flight=1,,2"}), HasSubstr("has an empty value; take out a comma"));
    EXPECT_THAT(complaints_of({"load.in_flight=1,2,1"}), HasSubstr("\"1\" is there twice; leave one out"));
    EXPECT_THAT(complaints_of({"load.in_flight=1", "load.in_flight=2"}), HasSubstr("is varied twice"));
    EXPECT_THAT(complaints_of({"host.sources=0..300:1"}), HasSubstr("\"0\" is out of range; write 1 to 250"));
    EXPECT_THAT(complaints_of({"host.sources=200..300:1"}),
                AllOf(HasSubstr("\"251\" is out of range"), testing::Not(HasSubstr("\"252\""))));
    EXPECT_THAT(complaints_of({"load.rate=1/s..9/s"}), HasSubstr("\"1/s..9/s\" has no step"));
    EXPECT_THAT(complaints_of({"host.tw_reuse=off..on:1"}), HasSubstr("is not one of the choices"));
}

}  // namespace
}  // namespace portdrought::sweep
