#include "analysis/html/escape.hpp"

#include <gtest/gtest.h>

namespace portdrought::html {
namespace {

TEST(Escape, LeavesNoCharacterThatMarkupIsMadeOf) {
    EXPECT_EQ(escaped("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
}

TEST(Escape, KeepsTextOfAnyLanguage) { EXPECT_EQ(escaped("端口 µs – 😀\n\t"), "端口 µs – 😀\n\t"); }

TEST(Escape, ReplacesControlCharacters) {
    EXPECT_EQ(clean(std::string("a\0b\x1b[31m\r\x7f", 10)),
              "a\xef\xbf\xbd"
              "b\xef\xbf\xbd[31m\xef\xbf\xbd\xef\xbf\xbd");
    EXPECT_EQ(clean("\xc2\x85"), "\xef\xbf\xbd");
}

TEST(Escape, ReplacesWhatIsNoUtf8) {
    const std::string bad = "\xef\xbf\xbd";
    EXPECT_EQ(clean("\xff"), bad);
    EXPECT_EQ(clean("\xc0\xaf"), bad + bad) << "overlong";
    EXPECT_EQ(clean("\xe0\x80\x80"), bad + bad + bad) << "overlong";
    EXPECT_EQ(clean("\xed\xa0\x80"), bad + bad + bad) << "a surrogate";
    EXPECT_EQ(clean("\xf4\x90\x80\x80"), bad + bad + bad + bad) << "beyond Unicode";
    EXPECT_EQ(clean("a\xe2\x82"), "a" + bad + bad) << "cut short";
}

TEST(Escape, NamesWhatTurnsTheDirectionOfText) {
    EXPECT_EQ(clean("a\xe2\x80\xae"
                    "b"),
              "a⟨U+202E⟩b");
    EXPECT_EQ(clean("\xe2\x81\xa6\xe2\x80\xa8"), "⟨U+2066⟩⟨U+2028⟩");
}

TEST(Escape, LetsNoDataEndItsScript) {
    EXPECT_EQ(for_script("\"</script><!--&\""), "\"\\u003c/script\\u003e\\u003c!--\\u0026\"");
}

}  // namespace
}  // namespace portdrought::html
