// A record in which every member has a value of its own, and every optional one is there.
#pragma once

#include "record/run_record.hpp"

namespace portdrought::record {

inline RunRecord full_record() {
    using namespace std::chrono_literals;
    RunRecord record;
    record.tool_version = "0.1.0";
    record.git_revision = "0123456789ab";
    record.started_at = "2024-05-01T12:00:00Z";
    record.repetition = 3;
    record.interrupted = true;
    record.scenario.name = "full";
    record.scenario.title = "Quotes \" backslash \\ and a line\nbreak, é";
    record.scenario.variant = "a";
    record.scenario.source = {"https://example.org/1", "https://example.org/2"};
    record.scenario.lab.time_scale = 12.5;
    record.scenario.lab.seed = 9223372036854775807ULL;
    record.scenario.host.timed_wait_delay = 240s;
    record.scenario.load.linger = 0s;
    record.host = {"6.1.0", "x86_64", 2, 250, 20000, true, 16384, {{"net.ipv4.tcp_tw_reuse", "0"}}};
    for (int i = 1; i <= 3; ++i) {
        Sample& sample = record.samples.emplace_back();
        sample.t_s = 0.1 * i;
        sample.attempts = static_cast<std::uint64_t>(10 * i);
        sample.connected = static_cast<std::uint64_t>(9 * i);
        sample.outcomes[core::Outcome::ok] = static_cast<std::uint64_t>(8 * i);
        sample.time_wait = 8 * i;
        sample.established = 2;
        sample.counters["TcpExt.TW"] = static_cast<std::uint64_t>(8 * i);
    }
    record.samples[1].connect = ConnectTimes{25us, 110'001ns, 110'002ns};
    Sample& last = record.samples.back();
    last.connect = ConnectTimes{24'191ns, 3456us, 3500us};
    last.counters["Tcp.OutRsts"] = 4;
    last.time_wait_client = 20;
    last.time_wait_server = 3;
    last.fin_wait_2 = 1;
    last.ports_in_use = 25;
    last.ports_free = 3951;
    last.ports_reusable = 5;
    last.nat_in_use = 6;
    last.nat_dropped = 7;
    record.censuses.push_back(
        {0.3, 20, 3, 1, 2, 23, 24, true, 812.5, {{"127.0.0.1:7000", 25}}, {1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 18}});
    record.listing =
        Listing{0.3, 23, {{"127.0.0.1:1025", "127.0.0.1:7000", "TIME_WAIT", 0}, {"a", "b", "ESTABLISHED", 77}}};
    for (const auto value : {24us, 25us, 110us, 3500us}) {
        record.connect.add(value);
        record.connect_intended.add(value + 7us);
        record.start_lag.add(7us);
    }
    Enforced& enforced = record.enforced.emplace();
    enforced.wanted = 4s;
    enforced.entries = 20;
    enforced.already_gone = 2;
    enforced.refreshes = 12;
    enforced.foreign = 3;
    enforced.foreign_precision = 250ms;
    record.pool = PoolUse{11, 12, 13, 14, 15};
    record.nat = NatUse{55000, 54000, 53000, 52, 51, 5.5};
    record.model = ModelFacts{{271ns, 372ns, 163ns, 10'004, 25'005ns, 110'006ns, 20'007ns}, "built in", {"Three."}};
    record.duplicates = Duplicates{40, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    enforced.lifetimes.add(4s + 60us);
    enforced.lateness.add(60us);
    record.totals.attempts = 30;
    record.totals.connected = 27;
    record.totals.retries = 1;
    for (std::size_t i = 0; i < core::outcome_count; ++i) record.totals.outcomes.counts[i] = i + 1;
    record.totals.errors = {{"connect/EADDRNOTAVAIL", 2}, {"bind/EADDRINUSE", 3}};
    record.totals.relay_errors = {{"connect/ECONNREFUSED", 1}};
    record.totals.time_wait_peak = 23;
    record.totals.time_wait_peak_client = 20;
    record.totals.time_wait_peak_server = 3;
    record.totals.fin_wait_2_peak = 1;
    record.totals.ports_capacity = 3976;
    record.totals.ports_min_free = 0;
    record.totals.ports_bound = 17;
    record.totals.self_connects = 18;
    record.totals.time_to_first_failure_s = 0.1 + 0.2;  // 0.30000000000000004
    record.totals.achieved_rate_per_s = 1.0 / 3;
    record.totals.sustained_rate_per_s = 16.566666666666666;
    record.totals.cost = {7, 6, 4096, 5, 8, 9, 51.25};
    record.counters = {{"TcpExt.TW", 24}, {"Tcp.OutRsts", 4}};
    record.cpu = {1.25, 0.125, 0.0625, 0.3, 0.02};
    record.probe = {3, 1};
    record.validity = {false, {"One.", "Two."}};
    return record;
}

}  // namespace portdrought::record
