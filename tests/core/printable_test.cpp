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

TEST(Printable, ShowsWhatWouldChangeTheOrderOfWordsOrHideThem) {
    EXPECT_EQ(printable("a\u202Eb\u202A\u202B\u202C\u202D"), "a?b????");
    EXPECT_EQ(printable("\u2066\u2067\u2068\u2069|\u200E\u200F\u061C"), "????|???");
    EXPECT_EQ(printable("z\u200Bw\u200D\uFEFF\u00AD\u2028\u2029\u2060"), "z?w??????");
    EXPECT_EQ(printable("tag \U000E0041"), "tag ?");
    EXPECT_EQ(printable("“端口” – ×30 … 10 µs 🙂\u00A0é"),
              "“端口” – ×30 … 10 µs 🙂\u00A0é");
}

TEST(Printable, LeavesBytesThatAreNoTextAsTheyAre) {
    EXPECT_EQ(printable("a\xe2\x80"), "a\xe2\x80");
    EXPECT_EQ(printable("\xff\x1b\xc2"), "\xff?\xc2");
    EXPECT_EQ(printable("\xe2\x80\x1b"), "\xe2\x80?");
}

}  // namespace
}  // namespace portdrought::core
