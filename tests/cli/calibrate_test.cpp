// `calibrate`, and --costs of the commands that run the model, from the outside.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "cli/program.hpp"
#include "record/measured_costs.hpp"
#include "record/record_file.hpp"
#include "record/sweep_file.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
using record::MeasuredCosts;
using testing::HasSubstr;
using testing::Not;

MeasuredCosts made_costs(core::Duration connect = 50us) {
    MeasuredCosts costs{"2026-11-22T20:00:00Z", "6.18.0", "x86_64", 2, "0.1.0", 3, {}, 10'000};
    costs.all.fill({500ns, 400ns, 600ns});
    costs.all[0] = {connect, connect, connect};
    costs.all[1] = {150us, 150us, 150us};
    return costs;
}

class Costs : public testing::Test {
protected:
    std::string file(const std::string& name) const { return folder_.path(name); }

    std::string write(const std::string& name, const MeasuredCosts& costs) const {
        return folder_.write(name, record::to_json(costs));
    }

    /// Where the program looks for stored costs, if with_stored() says so.
    std::string stored(const std::string& text) const {
        std::filesystem::create_directories(file("config/portdrought"));
        return folder_.write("config/portdrought/costs.json", text);
    }
    std::string with_stored() const { return "XDG_CONFIG_HOME=" + file("config") + ' '; }

    std::string tiny(const std::string& engine = "model") const {
        return folder_.write("tiny.toml",
                             "[load]\nrate = \"400/s\"\nduration = \"200ms\"\n[host]\nports = \"20000-20049\"\n"
                             "[lab]\nengine = \"" +
                                 engine + "\"\n");
    }

    std::string run(const std::string& more) const { return "portdrought run -q " + tiny() + " -o " + file(more); }

    /// What the only record in `folder` rests on.
    record::ModelFacts facts(const std::string& folder) const {
        const auto facts = record::read_file(file(folder + "/tiny-1.json")).model;
        return facts.value_or(record::ModelFacts{});
    }

    TemporaryFolder folder_;
};

TEST_F(Costs, OfAFileAreChargedAndNamed) {
    const std::string costs = write("there.json", made_costs());
    EXPECT_EQ(shell(run("a --costs " + costs)).exit_code, 0);
    EXPECT_EQ(shell(run("b --costs " + costs)).exit_code, 0);
    EXPECT_EQ(facts("a").costs, made_costs().costs());
    EXPECT_EQ(facts("a").costs_source, made_costs().source("there.json"));
    EXPECT_EQ(slurp(file("a/tiny-1.json")), slurp(file("b/tiny-1.json"))) << "same costs, same record";
    EXPECT_THAT(slurp(file("a/tiny-1.json")), Not(HasSubstr(file("")))) << "no path of the user's";
    EXPECT_NEAR(core::seconds(record::read_file(file("a/tiny-1.json")).connect.quantile(0.2)), 50e-6, 1e-6);
}

TEST_F(Costs, AreTheStoredOnesOrElseTheBuiltInOnes) {
    EXPECT_EQ(shell(with_stored() + run("none")).exit_code, 0);
    EXPECT_EQ(facts("none").costs_source, "built in");
    stored(record::to_json(made_costs()));
    EXPECT_EQ(shell(with_stored() + run("there")).exit_code, 0);
    EXPECT_EQ(facts("there").costs_source, made_costs().source("costs.json"));
    EXPECT_EQ(shell("unset XDG_CONFIG_HOME; mkdir " + file(".config") + "; cp -r " + file("config/portdrought") + ' ' +
                    file(".config") + "; HOME=" + file("") + ' ' + run("home"))
                  .exit_code,
              0);
    EXPECT_EQ(facts("home").costs_source, made_costs().source("costs.json"));
    EXPECT_EQ(shell(with_stored() + run("builtin --costs builtin")).exit_code, 0);
    EXPECT_EQ(facts("builtin").costs_source, "built in");
    EXPECT_EQ(facts("builtin").costs, core::Costs{});
    EXPECT_THAT(shell(with_stored() + "portdrought doctor").out,
                HasSubstr("The model's costs: measured 2026-11-22 on Linux 6.18.0 x86_64, costs.json"));
}

TEST_F(Costs, ThatCannotBeReadAreExplained) {
    const auto error_of = [](const std::string& command) {
        const Ended ended = shell(command);
        EXPECT_EQ(ended.exit_code, 2) << command;
        return ended.err;
    };
    EXPECT_THAT(
        error_of(run("o --costs " + file("nowhere.json"))),
        testing::AllOf(HasSubstr("--costs: "), HasSubstr("nowhere.json"), HasSubstr("or write --costs builtin")));
    EXPECT_THAT(error_of(run("o --costs " + folder_.write("cut.json", "{\"schema\": "))), HasSubstr("cut.json: "));
    EXPECT_THAT(error_of(run("o --costs " + folder_.write("sweep.json", "{\"schema\": \"portdrought.sweep/1\"}"))),
                HasSubstr("\"portdrought.sweep/1\" is not the schema of costs"));
    stored("{}");
    EXPECT_THAT(error_of(with_stored() + run("o")), HasSubstr("remove that file and run portdrought calibrate again"));
    EXPECT_EQ(shell(with_stored() + run("fine --costs builtin")).exit_code, 0);
    EXPECT_THAT(shell(with_stored() + "portdrought doctor").out, HasSubstr("The model's costs: not readable: "));
    EXPECT_FALSE(std::filesystem::exists(file("o")));
}

TEST_F(Costs, AreForTheModelOnly) {
    stored("{}");
    const std::string kernel = tiny("kernel");
    EXPECT_EQ(shell(with_stored() + "portdrought run -q " + kernel + " -o " + file("o")).exit_code, 0)
        << "damaged costs do not matter to the kernel";
    for (const std::string command : {"run ", "compare ", "sweep --vary load.in_flight=8,16 "}) {
        const Ended ended = shell("portdrought " + command + kernel + " --costs builtin -o " + file("p"));
        EXPECT_EQ(ended.exit_code, 2) << command;
        EXPECT_THAT(ended.err, HasSubstr("--costs: only the model engine uses costs; add --engine model"));
    }
    EXPECT_THAT(shell("portdrought knee " + kernel + " --costs builtin").err, HasSubstr("costs"));
}

TEST_F(Costs, OfAnotherFileMakeAnotherSweepAndOtherRuns) {
    const std::string costs = write("a.json", made_costs()), other = write("b.json", made_costs(60us));
    const std::string sweep = "portdrought sweep -q " + tiny() + " --vary load.in_flight=8,16 ";
    EXPECT_EQ(shell(sweep + "-o " + file("out.json") + " --costs " + costs).exit_code, 0);
    EXPECT_EQ(record::read_sweep_file(file("out.json")).header.costs, made_costs().source("a.json"));
    const Ended ended = shell(sweep + "--resume " + file("out.json") + " --costs " + other);
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.err, HasSubstr("the model's costs are measured 2026-11-22 on Linux 6.18.0 x86_64, a.json fnv1a"));

    const std::string compare = "portdrought compare --repeat 1 " + tiny() + " --resume " + file("") + " --costs ";
    EXPECT_EQ(shell(compare + costs).exit_code, 0);
    EXPECT_THAT(shell(compare + costs).err, HasSubstr("1 runs are in " + file("") + " already, 0 to go"));
    EXPECT_THAT(shell(compare + other).err, HasSubstr("0 runs are in " + file("") + " already, 1 to go"));
}

TEST_F(Costs, AreStoredWhereTheModelLooks) {
    const Ended ended = shell(with_stored() + "portdrought calibrate -q --repeat 1");
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("record  " + file("config/portdrought/costs.json")));
    const MeasuredCosts measured = record::read_costs_file(file("config/portdrought/costs.json"));
    for (std::size_t i = 0; i < measured.all.size(); ++i) {
        const auto& [key, member] = record::cost_names[i];
        const double ratio = core::seconds(measured.all[i].value) / core::seconds(core::Costs{}.*member);
        EXPECT_GT(ratio, key == "live_probe" ? 0.02 : 0.1) << key;  // a look without a lock in newer kernels
        EXPECT_LT(ratio, 10) << key;
    }

    // What they are for: the modelled cliff is where the kernel's is, and about as high.
    const std::string cliff =
        "portdrought run -q port-cliff --variant \"kernel's search\" --set load.duration=4s -o " + file("runs");
    ASSERT_EQ(shell(cliff).exit_code, 0);
    ASSERT_EQ(shell(with_stored() + cliff + " --engine model").exit_code, 0);
    const auto kernel = record::read_file(file("runs/port-cliff-kernel-s-search-1.json"));
    const auto model = record::read_file(file("runs/port-cliff-kernel-s-search-2.json"));
    EXPECT_EQ(model.model.value().costs_source, measured.source("costs.json"));
    ASSERT_EQ(model.connect.count(), kernel.connect.count());
    const double before = 0.55, after = 0.8;  // of 3,200 attempts the first 2,000 are before the cliff
    for (const auto& record : {kernel, model})
        EXPECT_GT(record.connect.quantile(after), 2.5 * record.connect.quantile(before)) << record.engine;
    const double ratio = core::seconds(model.connect.quantile(after)) / core::seconds(kernel.connect.quantile(after));
    EXPECT_GT(ratio, 0.5);
    EXPECT_LT(ratio, 2);
}

TEST(Calibrate, WritesOverNothingElse) {
    const TemporaryFolder folder;
    const std::string other = folder.write("notes.json", "{\"mine\": 1}");
    const Ended ended = shell("portdrought calibrate -o " + other);
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.err, HasSubstr("it would be overwritten: remove it, or name another file"));
    EXPECT_EQ(slurp(other), "{\"mine\": 1}");
    EXPECT_EQ(shell("unset XDG_CONFIG_HOME HOME; portdrought calibrate").exit_code, 2);
}

TEST(Calibrate, SaysWhichDescriptorsItNeeds) {
    const TemporaryFolder folder;
    const Ended ended = shell("ulimit -n 1000; portdrought calibrate -o " + folder.path("out.json"));
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_THAT(ended.err, HasSubstr("need 4096 descriptors, and 1000 are allowed; raise the limit"));
    EXPECT_TRUE(folder.files().empty());
}

TEST(Calibrate, StoresNothingWhenItIsStopped) {
    const TemporaryFolder folder;
    Started started("exec portdrought calibrate -o " + folder.path("out.json"));
    std::this_thread::sleep_for(400ms);
    ::kill(started.pid(), SIGINT);
    const Ended ended = started.wait();
    EXPECT_EQ(ended.exit_code, 130) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("interrupted, nothing is stored"));
    EXPECT_TRUE(folder.files().empty());
}

}  // namespace
}  // namespace portdrought::cli
