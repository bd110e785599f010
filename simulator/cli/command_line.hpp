// The command line as a value, read by what option_table.hpp says.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace portdrought::cli {

enum class Format : std::uint8_t { text, json, github, markdown, csv, junit, openmetrics, openmetrics_samples };

/// A key of the scenario with its value, and what the user typed for it.
struct Setting {
    std::string text;    // "lab.seed=7"
    std::string option;  // "--seed 7"; empty where it was --set itself
};

struct CommandLine {
    std::string command;             // "run", "compare", …
    std::string typed;               // the whole line, quoted for a shell
    std::vector<std::string> names;  // scenarios or record files
    std::optional<std::string> variant;
    std::vector<Setting> settings;  // in order; those of --engine, --seed and --time-scale behind those of --set
    std::optional<std::uint32_t> repeat;
    std::string output = "runs";        // folder for records; of sweep, merge and calibrate the file
    std::optional<std::string> resume;  // folder that holds some of the runs already, and gets the others
    Format format = Format::text;
    std::optional<std::string> budget, from, to, resolution;             // knee, as written
    std::vector<std::string> profiles;                                   // plan: of hosts or NATs
    std::optional<std::string> hosts, rate, hold, destinations, closer;  // plan, as written: settings under other names
    bool simulate = false;                                               // plan: let the model play it too
    std::optional<std::string> limit;                                    // validate, as written
    std::optional<std::string> junit;                                    // check: file for the results as JUnit XML
    std::optional<std::string> html;                                     // file for the report as a page
    std::optional<std::string> serve;   // run, compare, check: where the live page is, as written
    std::vector<std::string> baseline;  // check: records, or folders of them, of earlier runs
    std::vector<std::string> vary;      // sweep: "key=values", in order
    std::optional<std::uint32_t> jobs;  // sweep: points made at a time
    std::optional<std::string> costs;   // file of measured costs, or "builtin"
    std::optional<std::string> shard;   // sweep: "2/4", as written
    bool netstat = false;
    bool compare = false;  // report: side by side
    bool quiet = false;
    bool colour = true;
};

/// The command line is wrong: exit code 2. what() says what and how to do it right.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Parsed {
    CommandLine line;
    std::optional<std::string> help;  // print this and stop: --help or --version was asked for
};

/// `key`=`value`, which --`option` `value` stands for.
Setting setting_of(std::string_view option, std::string_view key, std::string_view value);

/// Throws UsageError.
Parsed parse(int argc, const char* const* argv);

}  // namespace portdrought::cli
