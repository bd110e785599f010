// The cheap look taken at every sample: sockstat and the counters, some 0.4 ms CPU however many pairs wait.
#pragma once

#include "core/units.hpp"
#include "os/proc_file.hpp"
#include "probe/counters.hpp"
#include "probe/sockstat.hpp"

namespace portdrought::probe {

struct HostSample {
    Sockstat sockstat;
    CounterValues counters;
    core::Duration cpu{0};  // thread CPU time of this look
};

class HostSampler {
public:
    /// Opens the files once; they go on showing the network namespace the thread is in now.
    HostSampler();

    HostSample take();
    /// sockstat alone, for the cross-check right after a census.
    Sockstat sockstat() { return parse_sockstat(sockstat_.read()); }

private:
    os::ProcFile sockstat_, netstat_, snmp_;
};

}  // namespace portdrought::probe
