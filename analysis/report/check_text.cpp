#include "analysis/report/check_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/findings/finding.hpp"
#include "analysis/findings/trust.hpp"
#include "analysis/text/numbers.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using expect::Judgement;
using expect::Verdict;
using text::Mark;
using text::TextStyle;

constexpr std::size_t indent = 2, word_width = 8, start = indent + word_width;
constexpr std::size_t widest_title = 40;

struct Label {
    const char* word;
    Mark mark;
};

Label label_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass: return {"ok", Mark::good};
        case Verdict::fail: return {"FAIL", Mark::bad};
        case Verdict::invalid: break;
    }
    return {"INVALID", Mark::bad};
}

std::string labelled(const Label& label, const TextStyle& style) {
    const std::string blanks(word_width - std::string_view{label.word}.size(), ' ');
    return std::string(indent, ' ') + text::marked(label.word, label.mark, style) + blanks;
}

class CheckWriter {
public:
    CheckWriter(const Check& check, const TextStyle& style) : check_(check), style_(style) {
        for (const Judgement& judgement : check.judgements)
            titles_ = std::max(titles_, text::display_width(title(judgement)));
        titles_ = std::min(titles_, widest_title);
    }

    std::string result() && {
        header();
        for (const Judgement& judgement : check_.judgements) line(judgement);
        for (const std::string& problem : unmentioned_problems(check_)) beside(label_of(Verdict::invalid), problem);
        for (const std::string& note : check_.left_out) below(note, "- ");
        below(findings::unverified_note(unverified()), "- ");
        if (check_.regressions) baseline(*check_.regressions);
        return text::finish(std::move(text_), style_);
    }

private:
    void header() {
        text_ += core::printable(check_.scenario);
        if (!check_.runs.empty())
            text_ +=
                fmt::format("   {}, {}", findings::engines_text(records()), text::counted(check_.runs.size(), "run"));
        text_ += '\n';
    }

    std::vector<const record::RunRecord*> records() const {
        std::vector<const record::RunRecord*> records;
        for (const expect::Run& run : check_.runs) records.push_back(run.record);
        return records;
    }

    std::vector<std::string> unverified() const { return findings::unverified(records()); }

    void line(const Judgement& judgement) {
        const std::string name = core::printable(title(judgement)), words = one_line_words(judgement);
        text_ += labelled(label_of(judgement.verdict), style_);
        const bool beside = text::display_width(name) <= titles_ &&
                            start + titles_ + 3 + text::display_width(words) <= std::max<std::size_t>(style_.width, 80);
        if (words.empty())
            text_ += name + '\n';
        else if (beside)
            text_ += text::pad_right(name, titles_) + "   " + words + '\n';
        else
            text_ += name + '\n' + std::string(start, ' ') + words + '\n';
        if (judgement.verdict == Verdict::invalid) below(judgement.reason);
        if (judgement.verdict == Verdict::fail) explain(judgement);
    }

    /// Of an invalid one the reason is a sentence and stands below.
    static std::string one_line_words(const Judgement& judgement) {
        std::string words = judgement.verdict == Verdict::invalid ? "" : measured_words(judgement);
        if (judgement.verdict != Verdict::invalid && judgement.runs > 1)
            words += fmt::format(" ({} runs)", judgement.runs);
        return words;
    }

    /// Each run is explained once, however many expectations it fails.
    void explain(const Judgement& judgement) {
        const std::string record = record_of(check_, judgement);
        if (explained_.insert(record).second) below(verdict_words(check_, judgement));
        text_ += std::string(start, ' ') + "record  " + core::printable(record) + '\n';
    }

    void baseline(const expect::Regressions& regressions) {
        for (const expect::Regression& regression : regressions.found) beside({"WORSE", Mark::bad}, words(regression));
        if (regressions.found.empty() && regressions.compared > 0)
            text_ += labelled({"ok", Mark::good}, style_) +
                     fmt::format("no worse than the baseline in {}\n", text::counted(regressions.compared, "metric"));
        for (const std::string& note : regressions.notes) below(note, "- ");
    }

    void beside(const Label& label, const std::string& words) {
        text_ += labelled(label, style_) + text::paragraph(core::printable(words), start, prose()).substr(start);
    }

    void below(const std::string& words, std::string_view bullet = {}) {
        if (!words.empty()) text_ += text::paragraph(core::printable(words), start, prose(), bullet);
    }

    std::size_t prose() const { return std::min(style_.width, text::prose_width); }

    const Check& check_;
    const TextStyle& style_;
    std::size_t titles_ = 0;
    std::set<std::string> explained_;
    std::string text_;
};

std::string of_all(std::size_t some, std::size_t all) {
    return fmt::format("{} of {}", text::thousands(some), text::counted(all, "expectation"));
}

}  // namespace

std::string render_text(const Check& check, const TextStyle& style) { return CheckWriter{check, style}.result(); }

std::string summary_line(const std::vector<Check>& checks) {
    const CheckCounts all = counts(checks);
    std::vector<std::string> parts;
    if (all.failed > 0) parts.push_back(of_all(all.failed, all.judged) + " failed");
    if (all.invalid > 0) parts.push_back(of_all(all.invalid, all.judged) + " could not be judged");
    if (all.unmentioned > 0) parts.push_back(text::counted(all.unmentioned, "run") + " without figures");
    if (all.regressions > 0) parts.push_back(text::counted(all.regressions, "metric") + " worse than the baseline");
    if (parts.empty())
        parts.push_back(all.judged == 0   ? "no expectation was judged"
                        : all.judged == 1 ? "the expectation holds"
                                          : fmt::format("all {} expectations hold", text::thousands(all.judged)));
    std::string line = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) line += ", " + parts[i];
    return line;
}

}  // namespace portdrought::report
