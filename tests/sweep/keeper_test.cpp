#include "sweep/keeper.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <filesystem>

#include "made_sweep.hpp"
#include "os/atomic_file.hpp"
#include "os/process/stop_signal.hpp"
#include "os/system_error.hpp"

namespace portdrought::sweep {
namespace {

class KeeperTest : public testing::Test {
protected:
    KeeperTest()
        : folder_(std::filesystem::temp_directory_path() /
                  ("portdrought-keeper-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
        std::filesystem::create_directories(folder_);
    }
    ~KeeperTest() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
    std::string path_ = (folder_ / "sweep.json").string();
};

record::SweepResult without_rows(record::SweepResult result) {
    result.rows.clear();
    return result;
}

/// Of this process and all its files: a full disk, but for the signal.
void limit_files(rlim_t bytes) {
    const rlimit limit{bytes, RLIM_INFINITY};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
}

TEST_F(KeeperTest, LeavesAFileThatCanBeReadAfterEveryRow) {
    const record::SweepResult whole = made_sweep();
    Keeper keeper(path_, without_rows(whole));
    std::uint64_t made = 0;
    for (const std::uint64_t point : {4, 0, 5, 1, 3, 2}) {
        const auto so_far = record::read_sweep_file(partial_path(path_));
        EXPECT_EQ(so_far.rows.size(), made++);
        EXPECT_EQ(so_far.header, whole.header);
        keeper.add(point, whole.rows.at(point));
        EXPECT_EQ(record::read_sweep_file(partial_path(path_)).rows.at(point), whole.rows.at(point));
        EXPECT_FALSE(std::filesystem::exists(path_));
    }
    keeper.finish();
    EXPECT_EQ(os::read_whole_file(path_), record::to_json(whole)) << "in the order of points";
    EXPECT_FALSE(std::filesystem::exists(partial_path(path_)));
}

TEST_F(KeeperTest, GoesOnWithRowsThatWereMadeBefore) {
    const record::SweepResult whole = made_sweep();
    record::SweepResult half = whole;
    half.rows.erase(1);
    half.rows.erase(4);
    Keeper keeper(path_, half);
    EXPECT_EQ(record::read_sweep_file(partial_path(path_)).rows.size(), 4U) << "none is lost before the first new one";
    keeper.add(4, whole.rows.at(4));
    keeper.add(1, whole.rows.at(1));
    keeper.finish();
    EXPECT_EQ(os::read_whole_file(path_), record::to_json(whole));
}

TEST_F(KeeperTest, KeepsWhatWasAtItsPathUntilItIsFinished) {
    os::write_file_atomically(path_, "old");
    { Keeper keeper(path_, without_rows(made_sweep())); }
    EXPECT_EQ(os::read_whole_file(path_), "old");
}

TEST_F(KeeperTest, GoesOnAfterARowThatFoundNoRoom) {
    const record::SweepResult whole = made_sweep();
    const os::StopSignal signals;
    Keeper keeper(path_, without_rows(whole));
    limit_files(std::filesystem::file_size(partial_path(path_)) + 10);
    EXPECT_THROW(keeper.add(0, whole.rows.at(0)), os::SystemError);
    limit_files(RLIM_INFINITY);
    EXPECT_TRUE(record::read_sweep_file(partial_path(path_)).rows.empty());
    for (const auto& [point, row] : whole.rows) keeper.add(point, row);
    EXPECT_EQ(record::read_sweep_file(partial_path(path_)).rows, whole.rows);
}

TEST_F(KeeperTest, NamesAFileThatCannotBeWritten) {
    EXPECT_THROW(Keeper((folder_ / "missing" / "sweep.json").string(), made_sweep()), os::SystemError);
}

}  // namespace
}  // namespace portdrought::sweep
