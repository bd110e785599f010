// A suite of JUnit XML that counts its cases as they are added. Keeps to the schema that Jenkins' plugins hold such
// files to. All text is escaped here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace portdrought::report {

class JUnitSuite {
public:
    struct Totals {
        std::size_t tests = 0, failures = 0, errors = 0;
    };

    explicit JUnitSuite(std::string_view name) : name_(name) {}

    void property(std::string_view name, std::string_view value);

    /// A case that nothing speaks against; `words` are what it wrote.
    void passed(std::string_view scenario, std::string_view name, std::string_view words = {});
    /// Nothing could be tried, for this reason.
    void skipped(std::string_view scenario, std::string_view name, std::string_view reason);
    /// The measurement does not count: an error, not a failure.
    void invalid(std::string_view scenario, std::string_view name, std::string_view message, std::string_view body);
    /// `type`: what kind of case it is.
    void failed(std::string_view scenario, std::string_view name, std::string_view type, std::string_view message,
                std::string_view body);

    /// Behind all cases, once.
    void output(std::string_view text);

    const Totals& totals() const { return totals_; }
    /// The element, without the document around it.
    std::string text() const;

private:
    void problem(std::string_view scenario, std::string_view name, std::string_view element, std::string_view type,
                 std::string_view message, std::string_view body);

    std::string name_, properties_, cases_, output_;
    Totals totals_;
};

/// XML 1.0, UTF-8, ending in a newline. `suites` are their elements.
std::string junit_document(const JUnitSuite::Totals& totals, std::string_view suites);

/// Text for an attribute or an element: markup escaped, what XML cannot hold replaced by '?'.
std::string xml_text(std::string_view text);

}  // namespace portdrought::report
