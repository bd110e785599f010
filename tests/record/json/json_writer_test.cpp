#include "record/json/json_writer.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace portdrought::record {
namespace {

TEST(JsonWriter, WritesTheShortestExactNumber) {
    JsonWriter json;
    json.begin_array().value(0.1).value(100.0).value(1e22).value(-0.0).value(1.0 / 3).end_array();
    EXPECT_EQ(json.take(), "[0.1, 100, 1e+22, 0, 0.3333333333333333]\n");
}

TEST(JsonWriter, WritesTheEndsOfTheIntegers) {
    JsonWriter json;
    json.begin_array().value(std::numeric_limits<std::uint64_t>::max()).value(std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(json.end_array().take(), "[18446744073709551615, -9223372036854775808]\n");
}

TEST(JsonWriter, WritesNullForWhatIsNotKnown) {
    JsonWriter json;
    json.begin_array().value(std::optional<int>{}).value(std::numeric_limits<double>::infinity()).end_array();
    EXPECT_EQ(json.take(), "[null, null]\n");
}

TEST(JsonWriter, LeavesOutAbsentMembers) {
    JsonWriter json;
    json.begin_object().member("a", std::optional<int>{}).member("b", std::optional<int>{3}).end_object();
    EXPECT_EQ(json.take(), "{\n  \"b\": 3\n}\n");
}

TEST(JsonWriter, EscapesWhatJsonCannotHold) {
    JsonWriter json;
    json.value(
        "a\"b\\c\nd\x01"
        "e\té");
    EXPECT_EQ(json.take(), "\"a\\\"b\\\\c\\nd\\u0001e\\u0009é\"\n");
}

TEST(JsonWriter, KeepsPackedPartsOnOneLine) {
    JsonWriter json;
    json.begin_object()
        .key("p")
        .begin_object(JsonWriter::Layout::packed)
        .key("list")
        .begin_array(JsonWriter::Layout::lines);
    json.value(true).value("x").end_array().end_object().key("empty").begin_object().end_object().end_object();
    EXPECT_EQ(json.take(), "{\n  \"p\": {\"list\": [true, \"x\"]},\n  \"empty\": {}\n}\n");
}

}  // namespace
}  // namespace portdrought::record
