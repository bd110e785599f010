// make_page DIRECTORY: writes pages of reports made by hand, for the browser to open. Says how long each took.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "analysis/html/made_report.hpp"
#include "analysis/html/page.hpp"

namespace {

using namespace portdrought;

void write(const std::filesystem::path& path, const report::Report& report) {
    const auto start = std::chrono::steady_clock::now();
    const std::string page = html::html_page(report);
    std::ofstream(path, std::ios::binary) << page;
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    fmt::print("{}: {} bytes, {:.1f} ms\n", path.filename().string(), page.size(), took.count());
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const std::filesystem::path directory = arguments[1];
    std::filesystem::create_directories(directory);
    write(directory / "four-variants.html", made::four_variants());
    write(directory / "hostile.html", made::hostile());
    write(directory / "swept.html", made::swept());
}
