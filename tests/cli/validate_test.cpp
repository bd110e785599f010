// portdrought validate on the real kernel and the model: what agrees, what differs, what cannot be judged.
#include <gmock/gmock.h>

#include "cli/program.hpp"
#include "record/json/json_tree.hpp"
#include "record/record_file.hpp"

namespace portdrought::cli {
namespace {

using testing::HasSubstr;

/// 50 ports at 400/s for 0.4 s: exhausted after 0.125 s; with five destinations they last.
constexpr const char* quick = R"(name = "quick"
[load]
rate = "400/s"
duration = "400ms"
in_flight = 64
[host]
ports = "20000-20049"
[[variant]]
name = "one"
[[variant]]
name = "five"
host.destinations = 5
)";

class Validate : public testing::Test {
protected:
    std::string quick_file() const { return folder_.write("quick.toml", quick); }
    std::string runs() const { return folder_.path("runs"); }
    Ended validate(const std::string& arguments) const {
        return shell("portdrought validate -q -o " + runs() + " " + arguments);
    }
    /// The kernel's record of "one", changed.
    template <class Change>
    std::string changed(Change change) const {
        shell("portdrought run -q --variant one -o " + runs() + " " + quick_file());
        record::RunRecord record = record::read_file(runs() + "/quick-one-1.json");
        change(record);
        record::write_atomically(record, folder_.path("changed.json"));
        return folder_.path("changed.json");
    }

    TemporaryFolder folder_;
};

TEST_F(Validate, FindsThatBothEnginesAgree) {
    const Ended ended = validate(quick_file());
    EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("agrees   quick, one\n"));
    EXPECT_THAT(ended.out, testing::ContainsRegex("outcomes.no_port_connect +110 +110 +none"));
    EXPECT_THAT(ended.out, HasSubstr("2 of 2 runs judged: all within their limits      exit 0"));
    EXPECT_EQ(record::read_file(runs() + "/quick-one-1.json").engine, "kernel");

    const Ended again = shell("portdrought validate " + runs());
    EXPECT_EQ(again.exit_code, 0) << again.out;
    EXPECT_THAT(again.out, HasSubstr("2 of 2 runs judged"));
}

TEST_F(Validate, PlaysTheTraceOfTheScenario) {
    folder_.write("orders.csv", "t_s,attempts\n0,120\n0.2,20\n");
    std::string text = quick;
    text.replace(text.find("rate = \"400/s\""), 14, "arrivals = \"trace\"\ntrace = \"orders.csv\"");
    const Ended ended = validate("--variant one " + folder_.write("traced.toml", text));
    EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, testing::ContainsRegex("outcomes.ok +50 +50 +none"));

    const Ended again = shell("portdrought validate " + runs());
    EXPECT_EQ(again.exit_code, 4) << "a record has no rows: " << again.out;
    EXPECT_THAT(again.out, HasSubstr("names its trace, \"orders.csv\", but does not hold it"));
}

TEST_F(Validate, EndsWithOneWhereAFigureLiesBeyondItsLimit) {
    const std::string record = changed([](record::RunRecord& kernel) {
        kernel.totals.outcomes[core::Outcome::ok] -= 3;  // of 160
        kernel.totals.outcomes[core::Outcome::no_port_connect] += 3;
    });
    const Ended ended = shell("portdrought validate " + record);
    EXPECT_EQ(ended.exit_code, 1) << ended.out;
    EXPECT_THAT(ended.out, testing::ContainsRegex("outcomes.ok +47 +50 +3 +1.6 +BEYOND"));
    EXPECT_THAT(ended.out, HasSubstr("1 of 1 run judged: 1 beyond a limit      exit 1"));
    EXPECT_EQ(shell("portdrought validate --limit 2% " + record).exit_code, 0);
}

TEST_F(Validate, EndsWithFourWhereNothingWasMeasured) {
    const std::string record = changed([](record::RunRecord& kernel) {
        kernel.validity = {false, {"The machine was busy."}};
    });
    const Ended ended = shell("portdrought validate " + record);
    EXPECT_EQ(ended.exit_code, 4) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr("not measured   quick, one\n  The machine was busy.\n"));
}

TEST_F(Validate, ListsWhatTheModelCannotExpress) {
    const std::string record = changed([](record::RunRecord& kernel) { kernel.scenario.lab.duplicates = 2; });
    const Ended ended = shell("portdrought validate " + record);
    EXPECT_EQ(ended.exit_code, 4) << "nothing was judged: " << ended.out;
    EXPECT_THAT(ended.out, HasSubstr("not modelled   quick, one\n  The model does not know delayed duplicates"));
    const Ended both = shell("portdrought validate " + record + " " + runs());
    EXPECT_EQ(both.exit_code, 0) << both.out;
    EXPECT_THAT(both.out, HasSubstr("1 of 2 runs judged: all within their limits; 1 not modelled      exit 0"));
}

TEST_F(Validate, SpeaksToPrograms) {
    const std::string record = changed([](record::RunRecord&) {});
    const Ended ended = shell("portdrought validate --format json " + record);
    EXPECT_EQ(ended.exit_code, 0);
    const auto tree = record::parse_json(ended.out, "result");
    const auto agreements = record::JsonPlace{tree, "result"}.at("agreements").items();
    ASSERT_EQ(agreements.size(), 1U);
    EXPECT_EQ(agreements[0].at("verdict").text(), "agrees");
}

TEST_F(Validate, ExplainsWhatItCannotTake) {
    const std::string record = changed([](record::RunRecord& kernel) { kernel.engine = "model"; });
    EXPECT_THAT(shell("portdrought validate " + record).err, HasSubstr("a run of the model engine"));
    EXPECT_THAT(shell("portdrought validate --seed 3 " + record).err, HasSubstr("a record has its settings"));
    EXPECT_THAT(shell("portdrought validate article " + record).err, HasSubstr("either scenarios or records"));
    EXPECT_THAT(shell("portdrought validate --variant two " + runs()).err, HasSubstr("no record is of \"two\""));
    EXPECT_EQ(shell("portdrought validate " + record).exit_code, 2);
}

}  // namespace
}  // namespace portdrought::cli
