#include "analysis/expect/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "analysis/expect/quantity.hpp"
#include "analysis/expect/scanner.hpp"
#include "scenario/keys/nearest.hpp"

namespace portdrought::expect {
namespace {

using metrics::Unit;

constexpr std::array<std::pair<std::string_view, Operator>, 6> operators{{{"==", Operator::equal},
                                                                          {"!=", Operator::unequal},
                                                                          {"<=", Operator::at_most},
                                                                          {">=", Operator::at_least},
                                                                          {"<", Operator::less},
                                                                          {">", Operator::more}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> lookalikes{
    {{"=<", "<="}, {"=>", ">="}, {"=", "=="}, {"≤", "<="}, {"≥", ">="}}};
constexpr std::array<std::pair<std::string_view, Aggregate>, 5> aggregates{{{"every", Aggregate::every},
                                                                            {"median", Aggregate::median},
                                                                            {"min", Aggregate::min},
                                                                            {"max", Aggregate::max},
                                                                            {"mean", Aggregate::mean}}};

/// A term as written, before it is known what an unwritten aggregate stands for.
struct WrittenTerm {
    Term term;
    std::optional<Aggregate> aggregate;
};

struct Quantity {
    double number = 0;
    std::string_view unit;
};

std::string unknown_metric(std::string_view name) {
    const auto near = metrics::nearest(name);
    const std::string remedy = near ? "did you mean " + *near + '?' : "docs/metrics.md lists them all";
    return fmt::format("\"{}\" is not a metric; {}", name, remedy);
}

/// Reads from left to right. The first mistake ends it: what follows would be a guess.
class Parser {
public:
    explicit Parser(std::string_view text) : scanner_(text) { expectation_.that = text; }

    Parsed result() && {
        if (!sides() || !settle()) return {std::nullopt, std::move(fault_)};
        return {std::move(expectation_), ""};
    }

private:
    bool sides() {
        return term(left_) && operation() && limit() && tolerance() &&
               (scanner_.at_end() ||
                refuse(fmt::format("\"{}\" is not understood at the end; write METRIC OP VALUE, such as "
                                   "outcomes.no_port_connect == 0",
                                   scanner_.next_piece())));
    }

    bool term(WrittenTerm& written) {
        std::string_view word = scanner_.word();
        if (word.empty())
            return refuse(scanner_.at_end() ? std::string{"a metric is missing; write METRIC OP VALUE, such as "
                                                          "outcomes.no_port_connect == 0"}
                                            : fmt::format("\"{}\" is not a metric; write its name, such as "
                                                          "outcomes.no_port_connect",
                                                          scanner_.next_piece()));
        const bool aggregated = scanner_.take("(");
        if (aggregated && (!aggregate(word, written) || (word = scanner_.word()).empty()))
            return refuse(fmt::format("a metric is missing inside the parentheses; write for example median({})",
                                      "connect_us.p99"));
        const auto metric = metrics::find(word);
        if (!metric) return refuse(unknown_metric(word));
        written.term.metric = *metric;
        if (aggregated && !scanner_.take(")"))
            return refuse(fmt::format("\")\" is missing behind {}; of '…' stands behind it", word));
        return of_variant(written.term);
    }

    bool aggregate(std::string_view word, WrittenTerm& written) {
        const auto* found = std::ranges::find(aggregates, word, &std::pair<std::string_view, Aggregate>::first);
        if (found == aggregates.end())
            return refuse(fmt::format("\"{}\" is not an aggregate; write every, median, min, max or mean", word));
        written.aggregate = found->second;
        return true;
    }

    bool of_variant(Term& term) {
        Scanner ahead = scanner_;
        if (ahead.word() != "of") return true;
        auto name = ahead.quoted();
        if (!name || name->empty()) return refuse("the variant behind \"of\" is not in quotes; write of 'NAME'");
        term.variant = std::move(*name);
        scanner_ = ahead;
        return true;
    }

    bool operation() {
        for (const auto& [sign, op] : operators) {
            if (!scanner_.take(sign)) continue;
            expectation_.op = op;
            return true;
        }
        for (const auto& [sign, right] : lookalikes)
            if (scanner_.take(sign)) return refuse(fmt::format("\"{}\" is not an operator; write {}", sign, right));
        const std::string place = scanner_.at_end() ? "at the end" : "before \"" + scanner_.next_piece() + '"';
        return refuse(fmt::format("an operator is missing {}; write ==, !=, <, <=, > or >=", place));
    }

    bool limit() {
        if (scanner_.at_letter()) return right_term();
        const auto quantity = quantity_here("a value");
        if (!quantity) return false;
        if (quantity->unit.empty() && scanner_.take("*")) {
            expectation_.factor = quantity->number;
            if (quantity->number <= 0) return refuse("a factor of 0 leaves no limit; write a number above 0");
            return right_term();
        }
        return in_unit_of_left(*quantity, expectation_.plus) && is_possible();
    }

    bool right_term() {
        WrittenTerm written;
        if (!term(written)) return false;
        right_ = std::move(written);
        if (!factor_between(right_->term.metric.unit, left_unit()))
            return refuse(fmt::format("{} is in {} and {} in {}; compare metrics of one kind", left_.term.metric.name,
                                      name(left_unit()), right_->term.metric.name, name(right_->term.metric.unit)));
        if (scanner_.rest().starts_with("+-")) return true;
        const bool more = scanner_.take("+");
        if (!more && !scanner_.take("-")) return true;
        const auto quantity = quantity_here("a value");
        if (!quantity || !in_unit_of_left(*quantity, expectation_.plus)) return false;
        if (!more) expectation_.plus = -expectation_.plus;
        return true;
    }

    bool tolerance() {
        if (!scanner_.take("+-") && !scanner_.take("±")) return true;
        if (expectation_.op != Operator::equal && expectation_.op != Operator::unequal)
            return refuse("+- belongs to == and != only; put the room into the value");
        const auto quantity = quantity_here("a tolerance");
        if (!quantity) return false;
        expectation_.tolerance.relative = quantity->unit == "%";
        expectation_.tolerance.size = quantity->number / 100;
        if (expectation_.tolerance.relative) return true;
        if (!in_unit_of_left(*quantity, expectation_.tolerance.size)) return false;
        if (left_unit() != metrics::Unit::share || expectation_.tolerance.size < 1) return true;
        return refuse(fmt::format("+- {} is more than the whole of a share; write for example +- 0.05, or +- 5 %",
                                  quantity->number));
    }

    std::optional<Quantity> quantity_here(std::string_view what) {
        const std::string piece = scanner_.next_piece();
        const auto number = scanner_.number();
        if (number) return Quantity{*number, scanner_.unit()};
        refuse(piece.empty() ? fmt::format("{} is missing at the end; write {}", what, example(left_unit()))
                             : fmt::format("\"{}\" is not {}; write {}", piece, what, example(left_unit())));
        return std::nullopt;
    }

    /// 0 needs no unit.
    bool in_unit_of_left(const Quantity& quantity, double& value) {
        const auto factor = factor_of(quantity.unit, left_unit());
        if (!factor && !(quantity.unit.empty() && quantity.number == 0)) {
            const std::string wrong =
                quantity.unit.empty() ? "has no unit" : fmt::format("has the unit \"{}\"", quantity.unit);
            return refuse(fmt::format("{} {}, and {} takes {}", quantity.number, wrong, left_.term.metric.name,
                                      example(left_unit())));
        }
        value = quantity.number * factor.value_or(0);
        return true;
    }

    bool is_possible() {
        if (left_unit() != Unit::share || expectation_.plus <= 1) return true;
        return refuse(fmt::format("{} is more than the whole; write {}", expectation_.plus, example(Unit::share)));
    }

    /// Decides what stands for unwritten aggregates: each run by itself, unless runs of variants meet.
    bool settle() {
        const bool meets = right_ && (!left_.term.variant.empty() || !right_->term.variant.empty());
        left_.term.aggregate = left_.aggregate.value_or(meets ? Aggregate::median : Aggregate::every);
        expectation_.left = left_.term;
        if (!right_) return true;
        const bool pairs = !meets && left_.term.aggregate == Aggregate::every;
        right_->term.aggregate = right_->aggregate.value_or(pairs ? Aggregate::every : Aggregate::median);
        if (right_->term.aggregate == Aggregate::every && !pairs)
            return refuse("every() cannot be a limit here, only one figure can; write median, min, max or mean");
        expectation_.factor *= *factor_between(right_->term.metric.unit, left_unit());
        expectation_.right = right_->term;
        return true;
    }

    Unit left_unit() const { return left_.term.metric.unit; }

    /// Keeps the first one: it is what the others follow from.
    bool refuse(std::string fault) {
        if (fault_.empty()) fault_ = std::move(fault);
        return false;
    }

    Scanner scanner_;
    WrittenTerm left_;
    std::optional<WrittenTerm> right_;
    Expectation expectation_;
    std::string fault_;
};

/// What is wrong with the variants it names; empty where nothing is.
std::string variant_fault(const Expectation& expectation, const std::vector<std::string>& variants) {
    if (!expectation.variant.empty() && !expectation.left.variant.empty())
        return "names its variant with \"of\", and variant = … names one too; keep one of them";
    for (const Term* term : {&expectation.left, expectation.right ? &*expectation.right : nullptr}) {
        if (term == nullptr || term->variant.empty()) continue;
        if (std::ranges::find(variants, term->variant) != variants.end()) continue;
        std::string all;
        for (const std::string& variant : variants) all += (all.empty() ? "'" : ", '") + variant + "'";
        const std::string near = scenario::did_you_mean(term->variant, variants);
        const std::string one_of = all.empty() ? "; the scenario has no variants" : "; write one of " + all;
        return fmt::format("'{}' is not a variant of this scenario{}", term->variant, near.empty() ? one_of : near);
    }
    return "";
}

}  // namespace

Parsed parse(std::string_view text) { return Parser{text}.result(); }

Understood understand(const std::vector<scenario::Expectation>& written, const std::vector<std::string>& variants) {
    std::vector<std::string> names = variants;
    std::erase(names, "");
    Understood result;
    for (const scenario::Expectation& each : written) {
        Parsed parsed = parse(each.that);
        if (parsed.expectation) {
            parsed.expectation->variant = each.variant;
            parsed.expectation->at = each.at;
            parsed.fault = variant_fault(*parsed.expectation, names);
        }
        if (parsed.fault.empty())
            result.expectations.push_back(std::move(*parsed.expectation));
        else
            result.complaints.push_back(complain(each.at, "expect.that", parsed.fault));
    }
    return result;
}

}  // namespace portdrought::expect
