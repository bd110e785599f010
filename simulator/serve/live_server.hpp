// A live page of the runs a command makes. It is served by a process of its own, at low priority: runs are forked from
// a process with one thread, and nobody who looks at the page holds them up. The calling process only tells it what
// goes on, and never waits for it.
#pragma once

#include <memory>
#include <string>

#include "engine/progress.hpp"
#include "os/file_descriptor.hpp"
#include "os/process/child_process.hpp"
#include "record/run_record.hpp"
#include "serve/endpoint.hpp"
#include "serve/live_runs.hpp"

namespace portdrought::serve {

class LiveServer {
public:
    /// From now on the page is there; `page` is called in the serving process. Throws os::EnvironmentError where the
    /// address cannot be had.
    LiveServer(const Endpoint& endpoint, Page page);

    const Endpoint& endpoint() const { return endpoint_; }

    /// As LiveRuns has them. Progress is passed on at most ten times a second.
    void begin(const record::RunRecord& skeleton, const std::string& label);
    void progress(const engine::Progress& now);
    void finished(const std::string& path);
    void end();

private:
    void tell(std::uint32_t type, const std::string& bytes);

    Endpoint endpoint_;
    os::FileDescriptor pipe_;
    std::unique_ptr<os::ChildProcess> child_;
    LiveRuns::Clock::time_point next_progress_{};
};

}  // namespace portdrought::serve
