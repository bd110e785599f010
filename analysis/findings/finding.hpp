// What a run showed, as one word per kind, and the figures the words need. Everything comes from the record: nothing is
// assumed that was not measured or asked for. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/laws/prediction.hpp"
#include "record/run_record.hpp"

namespace portdrought::findings {

enum class Finding : std::uint8_t {
    nothing_attempted,
    ports_ran_out,     // connect() found no port
    bind_ran_out,      // bind() found no port
    relay_ran_out,     // the relay's outbound leg found no port
    failed_otherwise,  // look-alikes: refused, timeout, descriptor limit, …
    fell_behind,       // attempts never started, none failed
    held_back,         // admission control refused attempts, none failed
    latency_cliff,     // no failure, but connect() became slow past half occupancy
    no_failure
};

Finding finding_of(const record::RunRecord& record);

/// connect() had to walk past half of the ports at some time, and nothing else explains what it waited for.
bool may_have_cliff(const record::RunRecord& record);

/// True where the kernel searched for ports, more than half were taken, and connect() was many times slower than at
/// first: past half occupancy it walks through all taken ports of one parity (net/ipv4/inet_hashtables.c).
bool has_latency_cliff(const record::RunRecord& record);

/// Connections that all hosts together opened per scenario second: as offered where the scenario says how many, else
/// made until the first failure.
double opened_per_s(const record::RunRecord& record);

/// Most ports that were taken at one time, as far as it was seen.
std::uint64_t most_ports_in_use(const record::RunRecord& record);

/// Errors of `call` among the counted ones: "EADDRNOTAVAIL", or "EADDRINUSE, EADDRNOTAVAIL"; empty without any.
std::string errno_names(const std::map<std::string, std::uint64_t>& errors, std::string_view call);

/// Of all hosts together: "3,976 ports", "4,000 pairs (1,000 ports x 4 destinations)".
std::string pool_text(const record::RunRecord& record);

/// "kernel engine, compressed x60": who ran it, how much time was compressed, what was emulated.
std::string engine_text(const record::RunRecord& record);

}  // namespace portdrought::findings
