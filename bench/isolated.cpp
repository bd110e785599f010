#include "bench/isolated.hpp"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>
#include <utility>

#include "lab/lab.hpp"
#include "os/process/child_process.hpp"
#include "os/process/pipe.hpp"

namespace portdrought::bench {
namespace {

enum FrameType : std::uint32_t { figures_frame = 1, failure_frame = 2 };

// The lab of real runs, so that what is measured here is what a run pays.
void enter_lab() {
    lab::LabPlan plan;
    plan.ports = {first_port, last_port};
    plan.established_hash = 65'536;
    plan.descriptors = 4'096;
    lab::enter(plan);
}

std::string in_text(const Figures& figures) {
    std::string text;
    for (const auto& [name, value] : figures) text += fmt::format("{} {}\n", name, value);
    return text;
}

Figures from_text(const std::string& text) {
    Figures figures;
    std::istringstream stream(text);
    std::string name;
    for (double value = 0; stream >> name >> value;) figures[name] = value;
    return figures;
}

int report(int pipe, const std::function<Figures()>& measure) {
    try {
        enter_lab();
        os::write_frame(pipe, figures_frame, in_text(measure()));
        return 0;
    } catch (const std::exception& error) {
        os::write_frame(pipe, failure_frame, error.what());
        return 1;
    }
}

}  // namespace

Figures run_isolated(const std::function<Figures()>& measure) {
    os::Pipe pipe = os::open_pipe();
    os::ChildProcess child([&] {
        pipe.read_end.reset();
        return report(pipe.write_end.get(), measure);
    });
    pipe.write_end.reset();
    const auto frame = os::FrameReader(std::move(pipe.read_end)).next();
    child.wait();
    if (!frame) throw std::runtime_error("the measuring process ended without a word");
    if (frame->type != figures_frame) throw std::runtime_error(frame->bytes);
    return from_text(frame->bytes);
}

}  // namespace portdrought::bench
