#include "core/printable.hpp"

#include <gtest/gtest.h>

namespace portdrought::core {
namespace {

TEST(Printable, KeepsTextAndNewlines) { EXPECT_EQ(printable("a\nb → ü 30 µs"), "a\nb → ü 30 µs"); }

TEST(Printable, TakesTheStingOutOfEscapeSequences) {
    EXPECT_EQ(printable("b\033[31mR\r\b\x7f"), "b?[31mR???");
    EXPECT_EQ(printable("\xc2\x9b"
                        "31m"),
              "?31m")
        << "CSI as one character";
}

}  // namespace
}  // namespace portdrought::core
