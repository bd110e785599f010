#include "analysis/expect/parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portdrought::expect {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Expectation read(std::string_view text) {
    const Parsed parsed = parse(text);
    EXPECT_TRUE(parsed.expectation) << text << ": " << parsed.fault;
    return parsed.expectation.value_or(Expectation{});
}

std::string fault(std::string_view text) {
    const Parsed parsed = parse(text);
    EXPECT_FALSE(parsed.expectation) << text;
    return parsed.fault;
}

TEST(ExpectParser, ReadsEveryOperator) {
    const auto op = [](const std::string& sign) { return read("outcomes.ok " + sign + " 5").op; };
    EXPECT_EQ(op("=="), Operator::equal);
    EXPECT_EQ(op("!="), Operator::unequal);
    EXPECT_EQ(op("<"), Operator::less);
    EXPECT_EQ(op("<="), Operator::at_most);
    EXPECT_EQ(op(">"), Operator::more);
    EXPECT_EQ(op(">="), Operator::at_least);
    EXPECT_EQ(read("outcomes.ok>=5").plus, 5) << "blanks are not needed";
}

TEST(ExpectParser, ConvertsValuesToTheMetricsUnit) {
    EXPECT_DOUBLE_EQ(read("connect_us.p99 <= 0.2 ms").plus, 200);
    EXPECT_DOUBLE_EQ(read("connect_us.p99 <= 24us").plus, 24);
    EXPECT_DOUBLE_EQ(read("connect_us.p99 <= 500 ns").plus, 0.5);
    EXPECT_DOUBLE_EQ(read("time_to_exhaustion >= 100s").plus, 100);
    EXPECT_DOUBLE_EQ(read("time_to_first_failure_s >= 2 min").plus, 120);
    EXPECT_DOUBLE_EQ(read("sustained_rate_per_s >= 16.6/s").plus, 16.6);
    EXPECT_DOUBLE_EQ(read("sustained_rate_per_s >= 90 /min").plus, 1.5);
    EXPECT_DOUBLE_EQ(read("ok_share >= 99 %").plus, 0.99);
    EXPECT_DOUBLE_EQ(read("ok_share >= 0.5").plus, 0.5);
    EXPECT_DOUBLE_EQ(read("cost.bytes_lost < 1 MB").plus, 1 << 20);
    EXPECT_DOUBLE_EQ(read("cost.bytes_lost < 2 KiB").plus, 2048);
    EXPECT_EQ(read("connect_us.p99 > 0").plus, 0) << "0 needs no unit";
}

TEST(ExpectParser, ReadsTolerances) {
    const Tolerance absolute = read("time_wait.peak_client == 417 +- 5").tolerance;
    EXPECT_FALSE(absolute.relative);
    EXPECT_DOUBLE_EQ(absolute.size, 5);
    const Tolerance relative = read("time_wait.peak_client != 417 +- 5 %").tolerance;
    EXPECT_TRUE(relative.relative);
    EXPECT_DOUBLE_EQ(relative.size, 0.05);
    EXPECT_DOUBLE_EQ(read("connect_us.p50 == 1 ms ± 20 us").tolerance.size, 20);
    EXPECT_TRUE(read("ok_share == 50 % +- 10 %").tolerance.relative);
    EXPECT_DOUBLE_EQ(read("ok_share == 50 % +- 0.1").tolerance.size, 0.1);
}

TEST(ExpectParser, ReadsAggregates) {
    EXPECT_EQ(read("connect_us.p99 <= 1 ms").left.aggregate, Aggregate::every);
    EXPECT_EQ(read("every(connect_us.p99) <= 1 ms").left.aggregate, Aggregate::every);
    EXPECT_EQ(read("median(connect_us.p99) <= 1 ms").left.aggregate, Aggregate::median);
    EXPECT_EQ(read("min( connect_us.p99 ) <= 1 ms").left.aggregate, Aggregate::min);
    EXPECT_EQ(read("max(connect_us.p99) <= 1 ms").left.aggregate, Aggregate::max);
    EXPECT_EQ(read("mean(connect_us.p99) <= 1 ms").left.aggregate, Aggregate::mean);
}

TEST(ExpectParser, ReadsComparisonsOfVariants) {
    const Expectation read_one = read("connect_us.p99 of 'on' <= 1.2 * connect_us.p99 of \"it's off\" + 20 us");
    EXPECT_EQ(read_one.left.variant, "on");
    EXPECT_EQ(read_one.left.aggregate, Aggregate::median);
    EXPECT_EQ(read_one.right->variant, "it's off");
    EXPECT_EQ(read_one.right->aggregate, Aggregate::median);
    EXPECT_DOUBLE_EQ(read_one.factor, 1.2);
    EXPECT_DOUBLE_EQ(read_one.plus, 20);
    EXPECT_DOUBLE_EQ(read("outcomes.ok > outcomes.ok of 'off' - 5").plus, -5);
    const Expectation both = read("max(outcomes.ok) of 'on' == min(outcomes.ok) of 'off' +- 3");
    EXPECT_EQ(both.left.aggregate, Aggregate::max);
    EXPECT_EQ(both.right->aggregate, Aggregate::min);
    EXPECT_DOUBLE_EQ(both.tolerance.size, 3);
    EXPECT_EQ(read("every(outcomes.ok) of 'on' > outcomes.ok of 'off'").left.aggregate, Aggregate::every);
}

TEST(ExpectParser, HoldsRunAgainstRunWhereNoVariantIsNamed) {
    const Expectation pair = read("time_wait.peak_client <= 0.5 * ports.capacity");
    EXPECT_EQ(pair.left.aggregate, Aggregate::every);
    EXPECT_EQ(pair.right->aggregate, Aggregate::every);
    EXPECT_EQ(read("max(outcomes.ok) <= outcomes.late").right->aggregate, Aggregate::median);
    EXPECT_DOUBLE_EQ(read("connect_us.max < 0.1 * time_to_exhaustion").factor, 1e5) << "units are converted";
}

TEST(ExpectParser, NamesTheNearestMetric) {
    EXPECT_EQ(fault("outcomes.no_prot_connect == 0"),
              "\"outcomes.no_prot_connect\" is not a metric; did you mean outcomes.no_port_connect?");
    EXPECT_EQ(fault("median(conect_us.p99) <= 1 ms"),
              "\"conect_us.p99\" is not a metric; did you mean connect_us.p99?");
    EXPECT_EQ(fault("weather == 0"), "\"weather\" is not a metric; docs/metrics.md lists them all");
    EXPECT_EQ(fault("errors.connect/EADDRNOTAVIAL == 0"),
              "\"errors.connect/EADDRNOTAVIAL\" is not a metric; did you mean errors.connect/EADDRNOTAVAIL?");
    EXPECT_EQ(fault("outcomes.ok > 1.1 * outcomes.okk of 'a'"),
              "\"outcomes.okk\" is not a metric; did you mean outcomes.ok?");
}

TEST(ExpectParser, AsksForAnOperator) {
    EXPECT_EQ(fault("outcomes.ok"), "an operator is missing at the end; write ==, !=, <, <=, > or >=");
    EXPECT_EQ(fault("outcomes.ok 5"), "an operator is missing before \"5\"; write ==, !=, <, <=, > or >=");
    EXPECT_EQ(fault("outcomes.ok = 5"), "\"=\" is not an operator; write ==");
    EXPECT_EQ(fault("outcomes.ok => 5"), "\"=>\" is not an operator; write >=");
    EXPECT_EQ(fault("outcomes.ok ≤ 5"), "\"≤\" is not an operator; write <=");
}

TEST(ExpectParser, ExplainsWrongUnits) {
    EXPECT_EQ(fault("outcomes.ok == 5 ms"), "5 has the unit \"ms\", and outcomes.ok takes a plain number such as 5");
    EXPECT_EQ(fault("connect_us.p99 <= 24"), "24 has no unit, and connect_us.p99 takes a time such as 0.2 ms or 24 us");
    EXPECT_EQ(fault("time_to_exhaustion >= 5/s"),
              "5 has the unit \"/s\", and time_to_first_failure_s takes a time such as 100s");
    EXPECT_EQ(fault("sustained_rate_per_s > 5"), "5 has no unit, and sustained_rate_per_s takes a rate such as 16.6/s");
    EXPECT_EQ(fault("cost.bytes_lost < 5 s"),
              "5 has the unit \"s\", and cost.bytes_lost takes a size such as 512 B or 1 MB");
    EXPECT_EQ(fault("ok_share > 99"), "99 is more than the whole; write 99 % or 0.99");
    EXPECT_EQ(fault("time_wait.peak == 5 +- 2 ms"),
              "2 has the unit \"ms\", and time_wait.peak takes a plain number such as 5");
    EXPECT_EQ(fault("outcomes.ok of 'a' > outcomes.ok of 'b' + 1 s"),
              "1 has the unit \"s\", and outcomes.ok takes a plain number such as 5");
    EXPECT_EQ(fault("outcomes.ok > connect_us.p99"),
              "outcomes.ok is in count and connect_us.p99 in us; compare metrics of one kind");
}

TEST(ExpectParser, ExplainsWhatIsMissingOrTooMuch) {
    EXPECT_THAT(fault(""), HasSubstr("a metric is missing; write METRIC OP VALUE"));
    EXPECT_EQ(fault("== 5"), "\"== 5\" is not a metric; write its name, such as outcomes.no_port_connect");
    EXPECT_EQ(fault("connect_us.p99 <="), "a value is missing at the end; write a time such as 0.2 ms or 24 us");
    EXPECT_EQ(fault("outcomes.ok == -5"), "\"-5\" is not a value; write a plain number such as 5");
    EXPECT_EQ(fault("outcomes.ok == 5 +-"), "a tolerance is missing at the end; write a plain number such as 5");
    EXPECT_EQ(fault("outcomes.ok <= 5 +- 1"), "+- belongs to == and != only; put the room into the value");
    EXPECT_THAT(fault("outcomes.ok <= 5, please"), HasSubstr("\", please\" is not understood at the end"));
    EXPECT_THAT(fault("outcomes.ok of 'a' > outcomes.ok of 'b' * 2"), HasSubstr("\"* 2\" is not understood"));
    EXPECT_EQ(fault("outcomes.ok >= 0 * outcomes.late"), "a factor of 0 leaves no limit; write a number above 0");
    EXPECT_EQ(fault("avg(outcomes.ok) > 1"), "\"avg\" is not an aggregate; write every, median, min, max or mean");
    EXPECT_THAT(fault("median() > 1"), HasSubstr("a metric is missing inside the parentheses"));
    EXPECT_THAT(fault("median(outcomes.ok of 'a') > 1"), HasSubstr("\")\" is missing behind outcomes.ok"));
    EXPECT_EQ(fault("outcomes.ok of on > 1"), "the variant behind \"of\" is not in quotes; write of 'NAME'");
    EXPECT_EQ(fault("outcomes.ok of 'on > 1"), "the variant behind \"of\" is not in quotes; write of 'NAME'");
    EXPECT_THAT(fault("outcomes.ok > every(outcomes.ok) of 'off'"), HasSubstr("every() cannot be a limit here"));
}

TEST(ExpectParser, SurvivesEveryTruncationAndEveryByte) {
    const std::string text = "max(connect_us.p99) of 'on' == 1.2 * connect_us.p99 of 'off' + 3 ms ± 5 %";
    ASSERT_TRUE(parse(text).expectation);
    for (std::size_t length = 0; length < text.size(); ++length) {
        const Parsed parsed = parse(text.substr(0, length));
        EXPECT_NE(parsed.expectation.has_value(), !parsed.fault.empty()) << length;
        for (int byte = 0; byte < 256; byte += 5) {
            std::string changed = text;
            changed[length] = static_cast<char>(byte);
            const Parsed other = parse(changed);
            EXPECT_NE(other.expectation.has_value(), !other.fault.empty()) << changed;
        }
    }
}

std::vector<std::string> complaints(const std::vector<scenario::Expectation>& written,
                                    const std::vector<std::string>& variants) {
    std::vector<std::string> texts;
    for (const scenario::Complaint& complaint : understand(written, variants).complaints)
        texts.push_back(to_string(complaint));
    return texts;
}

TEST(ExpectParser, ComplainsAtThePlaceOfTheText) {
    const scenario::Position at{"x.toml", 7, 8};
    EXPECT_THAT(complaints({{"outcomes.ok of 'offf' > 1", "", at}, {"outcomes.ok > 1", "on", at}, {"x", "", at}},
                           {"on", "off"}),
                ElementsAre("x.toml:7:8: expect.that: 'offf' is not a variant of this scenario; did you mean off?",
                            HasSubstr("x.toml:7:8: expect.that: \"x\" is not a metric")));
    EXPECT_THAT(complaints({{"outcomes.ok > outcomes.ok of 'zzzzzzz'", "", at}}, {"on", "off"}),
                ElementsAre(HasSubstr("'zzzzzzz' is not a variant of this scenario; write one of 'on', 'off'")));
    EXPECT_THAT(complaints({{"outcomes.ok > outcomes.ok of 'a'", "", at}}, {""}),
                ElementsAre(HasSubstr("'a' is not a variant of this scenario; the scenario has no variants")));
    EXPECT_THAT(complaints({{"outcomes.ok of 'on' > 1", "off", at}}, {"on", "off"}),
                ElementsAre(HasSubstr("names its variant with \"of\", and variant = … names one too")));
    EXPECT_THAT(complaints({{"outcomes.ok > 1", "on", at}}, {"on", "off"}), IsEmpty());
}

}  // namespace
}  // namespace portdrought::expect
