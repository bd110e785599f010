// Markdown for pull requests: whole, and what hostile scenarios and records cannot make of it.
#include "analysis/report/markdown.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "analysis/report/markdown_text.hpp"
#include "golden.hpp"
#include "made_report.hpp"

namespace portdrought::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(MarkdownGolden, ShowsAComparison) { made::expect_golden("compare.md", markdown(made::four_times().report)); }

TEST(MarkdownGolden, ShowsACheckWithWhatFailedFirst) {
    const std::string text = markdown(made::checked().report);
    made::expect_golden("check.md", text);
    EXPECT_LT(text.find("do not hold"), text.find("| variant | verdict |"));
    EXPECT_LT(text.find("| variant | verdict |"), text.find("Expectations that hold"));
}

TEST(MarkdownGolden, ShowsASearchForKnees) { made::expect_golden("knee.md", markdown(made::searched().report)); }

TEST(MarkdownGolden, ShowsAValidationWithWhatDiffersFirst) {
    const std::string text = markdown(made::validated().report);
    made::expect_golden("validate.md", text);
    EXPECT_LT(text.find("beyond their limits"), text.find("| run | agreement |"));
    EXPECT_LT(text.find("| run | agreement |"), text.find("What the kernel's runs did"));
}

TEST(MarkdownGolden, ShowsThePointsOfASweep) { made::expect_golden("sweep.md", markdown(made::swept().report)); }

TEST(Markdown, ShowsNoMorePointsThanACommentHolds) {
    made::Reported made = made::swept();
    SweepTable& sweep = *made.report.sections.front().sweep;
    sweep.header.axes = {{"load.rate", std::vector<std::string>(2000, "10000/s")}};
    sweep.rows.assign(2000, sweep.rows.front());
    const std::string text = markdown(made.report);
    EXPECT_THAT(text, HasSubstr("And 1,700 points more.\n"));
    EXPECT_LT(text.size(), 65'536U);
}

/// What is no command to repeat it, in which anything may stand.
void expect_no_markup(const std::string& text) {
    const std::string outside = text.substr(0, text.find("Repeat it with"));
    for (const char* markup :
         {"<script", "</code></details>", "@everyone", "[x]", "![", "http://", "www.e", " #12", " $x$", "\x1b", "\xff"})
        EXPECT_THAT(outside, Not(HasSubstr(markup))) << markup;
    for (std::size_t i = 1; i < outside.size(); ++i)
        if (outside[i] == '[' || outside[i] == ']' || outside[i] == '`') {
            ASSERT_EQ(outside[i - 1], '\\') << outside.substr(i, 20);
        }
    EXPECT_THAT(outside, HasSubstr("@&#8203;everyone"));
}

TEST(Markdown, LeavesNothingOfWhatAScenarioSaysToBeMarkup) {
    expect_no_markup(markdown(made::hostile_findings().report));
    const std::string text = markdown(made::hostile().report);
    expect_no_markup(text);
    EXPECT_THAT(text, HasSubstr("`````sh\nportdrought run ```` =1+1|`</code>")) << "a fence longer than any inside";
}

/// Bars that divide cells: those without a backslash.
std::size_t cells_of(const std::string& line) {
    std::size_t bars = 0;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (line[i] == '|' && (i == 0 || line[i - 1] != '\\')) ++bars;
    return bars - 1;
}

TEST(Markdown, KeepsEveryRowAsWideAsItsHeader) {
    for (const made::Reported& made : {made::four_times(), made::checked(), made::hostile(), made::searched(),
                                       made::validated(), made::swept(), made::hostile_findings()}) {
        std::istringstream lines(markdown(made.report));
        std::size_t columns = 0;
        for (std::string line; std::getline(lines, line) && line != "Repeat it with";) {
            if (!line.starts_with('|')) {
                columns = 0;
                continue;
            }
            if (columns == 0) columns = cells_of(line);
            EXPECT_EQ(cells_of(line), columns) << line;
        }
    }
}

TEST(MarkdownText, KeepsProseReadable) {
    EXPECT_EQ(markdown_text("better: +44.8 points [44.7, 44.9]"), "better: +44.8 points \\[44.7, 44.9\\]");
    EXPECT_EQ(markdown_text("33.3/s x 240 s = 7,992, \xe2\x82\xac"), "33.3/s x 240 s = 7,992, \xe2\x82\xac");
    EXPECT_EQ(markdown_text("a\nb"), "a b");
    EXPECT_EQ(markdown_text("{1,0} & <b>"), "{1,0} &amp; &lt;b&gt;");
}

TEST(MarkdownText, BreaksWhatGitHubWouldLink) {
    EXPECT_EQ(markdown_text("@team"), "@&#8203;team");
    EXPECT_EQ(markdown_text("a@b.c"), "a@&#8203;b.c");
    EXPECT_EQ(markdown_text("x#1"), "x\\#&#8203;1");
    EXPECT_EQ(markdown_text("gh-1"), "gh-&#8203;1");
    EXPECT_EQ(markdown_text("HTTPS://x"), "HTTPS:&#8203;//x");
    EXPECT_EQ(markdown_text("WWW.x"), "WWW.&#8203;x");
    EXPECT_EQ(markdown_text("p99 @ 5 s"), "p99 @ 5 s");
}

TEST(MarkdownText, HoldsAnythingAsCode) {
    EXPECT_EQ(markdown_code("a|b`c_d"), "<code>a&#124;b&#96;c&#95;d</code>");
    EXPECT_EQ(markdown_code("ok_share >= 1.5 * x"), "<code>ok&#95;share &gt;= 1.5 &#42; x</code>");
    EXPECT_EQ(markdown_code("a@b.c www.x.y h://z"), "<code>a@&#8203;b.c www.&#8203;x.y h&#58;//z</code>");
}

}  // namespace
}  // namespace portdrought::report
