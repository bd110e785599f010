#include "kernel/kernel_engine.hpp"

#include <fmt/format.h>

#include <csignal>
#include <stdexcept>

#include "hazard/duplicate_trials.hpp"
#include "kernel/messages.hpp"
#include "kernel/run_process.hpp"
#include "os/clock.hpp"
#include "os/process/child_process.hpp"
#include "os/process/pipe.hpp"
#include "os/system_error.hpp"
#include "record/record_file.hpp"
#include "scenario/compress.hpp"
#include "scenario/exchange.hpp"

namespace portdrought::kernel {
namespace {

/// No run may last for ever: its own length, the time its last connections may take, trials after the load, and
/// what set-up takes.
core::Duration time_limit(const scenario::Scenario& scenario) {
    const scenario::Scenario real = scenario::compress(scenario);
    const core::Duration last_connection = real.load.timeout + scenario::longest_hold(real.load) +
                                           real.server.read_delay + real.load.linger.value_or(std::chrono::seconds{0});
    // Trials wait together; each takes some milliseconds of its own, with load.linger two delayed ACKs (90 ms).
    const core::Duration trials = real.lab.duplicates == 0 ? core::Duration{0}
                                                           : 2 * hazard::patience(scenario) +
                                                                 real.lab.duplicates * std::chrono::milliseconds{150};
    return real.load.duration + 2 * last_connection + trials + std::chrono::seconds{30};
}

/// Reads the child's messages until it has said its last word.
class Listener {
public:
    Listener(os::ChildProcess& child, os::FrameReader reader, const engine::Observer& observer, core::Duration limit)
        : child_(child), reader_(std::move(reader)), observer_(observer), deadline_(os::monotonic_now() + limit) {}

    record::RunRecord record() {
        while (!reader_.at_end()) {
            pass_on_stop();
            if (const auto frame = reader_.next(std::chrono::milliseconds{50})) take(*frame);
        }
        const os::ExitStatus status = child_.wait();
        if (result_) return std::move(*result_);
        throw std::runtime_error(
            fmt::format("the run's process ended without a record ({}); run it again, and report it if it repeats",
                        status.signal ? fmt::format("signal {}", *status.signal)
                                      : fmt::format("exit code {}", status.code.value_or(-1))));
    }

private:
    void pass_on_stop() {
        // Again and again until it has ended: the first one may come before the child listens.
        if (observer_.stop_requested()) child_.signal(SIGTERM);
        if (os::monotonic_now() < deadline_) return;
        child_.signal(SIGKILL);
        throw std::runtime_error("the run did not end in time and was killed; its record is lost");
    }

    void take(const os::Frame& frame) {
        switch (static_cast<Message>(frame.type)) {
            case Message::progress: observer_.progress(engine::progress_from(frame.bytes)); return;
            case Message::record: result_ = record::from_json(frame.bytes, "the run's process"); return;
            case Message::environment: throw os::EnvironmentError(frame.bytes);
            case Message::failure: throw std::runtime_error(frame.bytes);
        }
    }

    os::ChildProcess& child_;
    os::FrameReader reader_;
    const engine::Observer& observer_;
    core::Duration deadline_;
    std::optional<record::RunRecord> result_;
};

}  // namespace

record::RunRecord KernelEngine::run(const scenario::Scenario& scenario, std::uint32_t repetition,
                                    const engine::Observer& observer) {
    os::Pipe pipe = os::open_pipe();
    os::ChildProcess child([&] {
        pipe.read_end.reset();
        return run_and_report(scenario, repetition, pipe.write_end.get());
    });
    pipe.write_end.reset();
    return Listener(child, os::FrameReader(std::move(pipe.read_end)), observer, time_limit(scenario)).record();
}

}  // namespace portdrought::kernel
