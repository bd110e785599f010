#include "probe/host_sampler.hpp"

#include "os/clock.hpp"

namespace portdrought::probe {

// thread-self rather than self: a thread has a network namespace of its own.
HostSampler::HostSampler()
    : sockstat_("/proc/thread-self/net/sockstat"),
      netstat_("/proc/thread-self/net/netstat"),
      snmp_("/proc/thread-self/net/snmp") {}

HostSample HostSampler::take() {
    const auto before = os::thread_cpu_time();
    HostSample sample;
    sample.sockstat = sockstat();
    parse_counters(netstat_.read(), sample.counters);
    parse_counters(snmp_.read(), sample.counters);
    sample.cpu = os::thread_cpu_time() - before;
    return sample;
}

}  // namespace portdrought::probe
