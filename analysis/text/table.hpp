// A table that never gets wider than the terminal: columns that do not fit move into a further table below, with the
// first column repeated. What does not fit even so is wrapped.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace portdrought::text {

class Table {
public:
    explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}

    /// As many cells as the header has. In a part where all cells of a row are empty the row is left out.
    void add_row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    /// Lines indented by two blanks, each ended by a newline, an empty line between the parts.
    std::string render(std::size_t width) const;

private:
    std::size_t column_width(std::size_t column) const;
    std::string render_parts(std::size_t width) const;
    Table wrapped(std::size_t width) const;
    void add_wrapped(const std::vector<std::string>& row, const std::vector<std::size_t>& most);
    std::string render_columns(const std::vector<std::size_t>& columns) const;
    std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& columns) const;

    std::vector<std::string> header_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace portdrought::text
