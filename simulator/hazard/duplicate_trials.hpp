// What TIME-WAIT protects from, tried out: each trial closes a connection, opens another on the same pair of addresses
// and ports as early as the scenario's settings allow, and lets segments of the old one arrive (RFC 9293 3.6.1, RFC
// 7323 5, RFC 1337). What became of them is read from the application's side, the kernel's counters and the sockets.
#pragma once

#include <functional>

#include "record/run_record.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::hazard {

/// How long a trial waits for its pair: as long as the scenario's settings promise, but not longer than a segment may
/// live (MSL, two minutes of scenario time; RFC 9293 3.4.2) nor than 65 s of real time. Natural TIME-WAIT promises
/// nothing before its 60 s, which are not waited out; FIN-WAIT-2, where the passive side never closes, ends after
/// host.fin_timeout. Real time.
core::Duration patience(const scenario::Scenario& scenario);

/// lab.duplicates trials in the network namespace the thread is in, which must be quiet; `scenario` in scenario time.
/// Takes patience() and some milliseconds per trial, some 90 with load.linger (two closes, delayed ACKs). Ends early,
/// with fewer trials, when `stop_requested` says so. Throws os::SystemError where the kernel refuses raw sockets or
/// sock_diag, where no port is left for a trial, and where a call fails that no setting explains (EMFILE).
record::Duplicates try_duplicates(const scenario::Scenario& scenario, const std::function<bool()>& stop_requested);

}  // namespace portdrought::hazard
