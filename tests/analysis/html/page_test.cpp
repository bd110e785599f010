#include "analysis/html/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "analysis/html/assets.hpp"
#include "analysis/made_records.hpp"
#include "made_report.hpp"

namespace portdrought::html {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Each of these once, since a page takes a while to make under sanitizers.
const std::string& page_of_four() {
    static const std::string page = html_page(made::four_variants());
    return page;
}
const std::string& hostile_page() {
    static const std::string page = html_page(made::hostile());
    return page;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

/// The page without what is the program's own.
std::string without_assets(std::string page) {
    for (const Asset& asset : {style(), script()}) page.erase(page.find(asset.text), asset.text.size());
    return page;
}

TEST(Page, TakesAtMost300KilobytesForFourRunsOfThreeThousandSamples) {
    EXPECT_LE(page_of_four().size(), 300'000U);
    EXPECT_GT(page_of_four().size(), 100'000U) << "there is nothing in it";
}

TEST(Page, IsTheSameForEqualReports) { EXPECT_EQ(html_page(made::four_variants()), page_of_four()); }

TEST(Page, SaysEverythingWithoutAScript) {
    for (const char* words :
         {"Does lowering TcpTimedWaitDelay help at 33 connections a second?",
          "With 240 s the ports run out after 119 s", "+44.8 points [44.7, 44.9]", "better", "no difference",
          "cannot tell", "cost", "TIME_WAIT rises for 240 s", "capacity: 3,976 ports",
          "portdrought compare timed-wait-delay --repeat 4", "timed_wait_delay = &quot;240s&quot;", "6.1.0-13-amd64",
          "net.ipv4.tcp_tw_reuse", "Why PID 0?", "端口", "7,992"})
        EXPECT_THAT(page_of_four(), HasSubstr(words));
}

TEST(Page, CarriesEveryCaveatOfASubjectWhereverItsFiguresAre) {
    // The line of the variant, its row, and each of five charts; with the reason in the line, elsewhere on pointing.
    EXPECT_EQ(count(page_of_four(), "<li class=\"badge grave\">3 values unverified</li>"), 1U + 1U + 5U);
    EXPECT_EQ(count(page_of_four(), "<li class=\"badge grave\">not valid: the generator fell behind"), 1U);
    EXPECT_EQ(count(page_of_four(), "<li class=\"badge grave\" title=\"not valid: the generator fell behind"), 1U + 5U);
}

TEST(Page, LoadsAndRunsNothingButItsOwn) {
    const std::string page = without_assets(page_of_four());
    EXPECT_THAT(page,
                HasSubstr("default-src 'none'; script-src '" + std::string{script().hash} + "'; style-src '" +
                          std::string{style().hash} + "'; img-src data: blob:; base-uri 'none'; form-action 'none'"));
    for (const char* part :
         {" style=", " onclick", " onload", " src=", " href=", "url(", "@import", "javascript:", "unsafe-"})
        EXPECT_THAT(page, Not(HasSubstr(part)));
    EXPECT_THAT(std::string{style().text}, Not(HasSubstr("url(")));
}

TEST(Page, LetsNothingFromOutsideBecomeMarkup) {
    const std::string page = without_assets(hostile_page());
    for (const char* part : {"<img", "<svg onload", "onerror=injected=true>", "<!--", "<textarea", "</textarea", "\xff",
                             "\xe2\x80\xae", "\x1b"})
        EXPECT_THAT(page, Not(HasSubstr(part)));
    EXPECT_EQ(page.find('\0'), page.npos);
    EXPECT_EQ(count(page, "<script"), 2U) << "the data and the script";
    EXPECT_EQ(count(page, "</script"), 2U);
    EXPECT_THAT(page, HasSubstr("&lt;/script&gt;&lt;img src=x onerror=injected=true&gt;")) << "it is shown as it is";
    EXPECT_THAT(page, HasSubstr("⟨U+202E⟩"));
}

TEST(Page, HasNoElementThatTheSameReportWithoutHostileTextLacks) {
    const std::string page = without_assets(hostile_page());
    for (const char* element : {"<a ", "<iframe", "<object", "<embed", "<form", "<base", "<link", "<input", "<b>"})
        EXPECT_THAT(page, Not(HasSubstr(element)));
}

TEST(Page, SaysANoteOfSeveralRunsOnce) {
    EXPECT_EQ(count(page_of_four(),
                    "The generator fell behind: 1,500 of 19,980 attempts were late. (30 s, run 1; 30 s, run 2; "
                    "30 s, run 3; 30 s, run 4)"),
              1U);
    EXPECT_EQ(count(page_of_four(), "The generator fell behind: 1,500"), 1U);
}

TEST(Page, ShowsRunsOfSeveralScenariosApart) {
    report::Report report = made::four_variants();
    const record::RunRecord other = made::modelled();
    report.sections.front().runs.push_back({&other, "runs/other.json", report::summarise(other)});
    const std::string page = html_page(report);
    EXPECT_EQ(count(page, "<code>name = &quot;"), 2U);
    EXPECT_THAT(page, HasSubstr("<code>name = &quot;windows-10-ceiling&quot;"));
}

TEST(Page, DrawsASweepWithoutAScript) {
    const std::string page = html_page(made::swept());
    EXPECT_THAT(page, HasSubstr("class=\"frontier\""));
    EXPECT_THAT(page, HasSubstr("load.rate = 500/s, host.timed_wait_delay = 1s: 80 %; some attempt found no port"));
    EXPECT_EQ(count(page, ": not measured</title>"), 1U);
    EXPECT_EQ(count(page, "class=\"unmeasured\""), 1U + 1U) << "the cell, and what it means";
    EXPECT_EQ(count(page,
                    "<h4>port-cliff (model)</h4><ul class=\"badges\"><li class=\"badge\">compressed x60</li>"
                    "<li class=\"badge\">modelled</li><li class=\"badge grave\">3 values unverified</li></ul>"),
              1U);
    EXPECT_THAT(page, Not(HasSubstr("real Linux kernel"))) << "nobody said so";
    EXPECT_THAT(page, Not(HasSubstr("the model engine"))) << "nobody said so";
}

TEST(Page, WritesOutTheKeysOfASweepAndWhatItVaries) {
    report::Report report = made::swept();
    report::SweepTable& sweep = report.sections.front().sweep.emplace();
    sweep.header.engine = "model";
    sweep.header.scenario = {{"load.duration", "5s"}, {"title", "<b>"}};
    sweep.header.axes = {{"load.rate", {"200/s", "300/s"}}};
    const std::string page = html_page(report);
    EXPECT_THAT(page, HasSubstr("load.duration = 5s\ntitle = &lt;b&gt;\nload.rate = in turn 200/s, 300/s\n</code>"));
}

TEST(Page, CopesWithAReportOfNothing) {
    report::Report report;
    EXPECT_THAT(html_page(report), HasSubstr("</html>"));
    report.sections.emplace_back();
    EXPECT_THAT(html_page(report), HasSubstr("</html>"));
}

}  // namespace
}  // namespace portdrought::html
