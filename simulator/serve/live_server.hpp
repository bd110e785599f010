// A live page of the runs a command makes. It is served by a process of its own, at low priority: runs are forked from
// a process with one thread, and nobody who looks at the page holds them up. The calling process only tells it what
// goes on, and never waits for it: a page that falls behind by more than 4 MB is given up.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/progress.hpp"
#include "os/process/child_process.hpp"
#include "os/process/pipe.hpp"
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

    /// Passes on what the page had no room for yet; to be called now and then where nothing else is.
    void catch_up();
    /// False once its process has been found to have ended or has been given up.
    bool is_served() const { return to_page_.has_value(); }

private:
    void tell(std::uint32_t type, const std::string& bytes);
    void try_to(const std::function<void(os::FrameSender&)>& write);

    Endpoint endpoint_;
    std::unique_ptr<os::ChildProcess> child_;
    std::optional<os::FrameSender> to_page_;
    LiveRuns::Clock::time_point next_progress_{};
};

}  // namespace portdrought::serve
