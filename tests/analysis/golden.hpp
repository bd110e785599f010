// Plain comparison with tests/data/golden/NAME. To refresh after an intended change, and then read the difference:
//   PORTDROUGHT_UPDATE_GOLDEN=1 ctest --test-dir build/dev -R Golden
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace portdrought::made {

inline void expect_golden(const std::string& name, const std::string& actual) {
    const std::string path = std::string{PORTDROUGHT_TEST_DATA} + "/golden/" + name;
    if (std::getenv("PORTDROUGHT_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(path) << actual;
        return;
    }
    std::ifstream file(path);
    ASSERT_TRUE(file) << "there is no " << path;
    std::stringstream expected;
    expected << file.rdbuf();
    EXPECT_EQ(actual, expected.str()) << "differs from " << path;
}

}  // namespace portdrought::made
