#include "core/utf8.hpp"

#include <gtest/gtest.h>

namespace portdrought::core {
namespace {

TEST(Utf8, ReadsCharactersOfEveryLength) {
    for (const auto& [text, code] :
         {std::pair{"a!", U'a'}, {"\u00e9!", U'\u00e9'}, {"\u7aef!", U'\u7aef'}, {"\U0001f642!", U'\U0001f642'}}) {
        const auto character = first_character(text);
        ASSERT_TRUE(character) << text;
        EXPECT_EQ(character->code, code) << text;
        EXPECT_EQ(character->bytes, std::string_view{text}.size() - 1) << text;
    }
}

TEST(Utf8, HasNoCharacterWhereBytesAreNone) {
    EXPECT_FALSE(first_character("\x80")) << "the second byte of something";
    EXPECT_FALSE(first_character("\xff"));
    EXPECT_FALSE(first_character("\xe2\x82")) << "cut short";
    EXPECT_FALSE(first_character("\xe2(\xac")) << "interrupted";
    EXPECT_FALSE(first_character("\xc0\xaf")) << "overlong";
    EXPECT_FALSE(first_character("\xe0\x9f\xbf")) << "overlong";
    EXPECT_FALSE(first_character("\xf0\x8f\xbf\xbf")) << "overlong";
    EXPECT_FALSE(first_character("\xed\xa0\x80")) << "a surrogate";
    EXPECT_FALSE(first_character("\xf4\x90\x80\x80")) << "beyond Unicode";
}

}  // namespace
}  // namespace portdrought::core
