#include "lab/doctor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>

namespace portdrought::lab {
namespace {

Examination healthy() {
    Examination host;
    host.kernel = "6.18.0";
    host.machine = "x86_64";
    host.cpus = 2;
    host.descriptor_limit = 20'000;
    host.private_network = host.loopback = host.socket_dump = host.destroy = host.port_window = 0;
    host.ipv6 = host.raw_socket = 0;
    host.own_hash = 16'384;
    for (const Knob& knob : knobs_for(LabPlan{})) host.knobs[knob.name] = 0;
    return host;
}

State state_of(const Examination& host, const std::string& name) {
    for (const Capability& capability : judge(host)) {
        if (capability.name == name) return capability.state;
    }
    ADD_FAILURE() << "doctor says nothing about " << name;
    return State::ok;
}

TEST(Doctor, FindsAHealthyMachineOkInEverything) {
    EXPECT_EQ(overall(judge(healthy())), State::ok);
    for (const Capability& capability : judge(healthy())) {
        EXPECT_FALSE(capability.detail.empty()) << capability.name;
        EXPECT_EQ(capability.remedy, "") << capability.name;
    }
}

TEST(Doctor, SaysWhyRemedyAndRestForWhateverIsNotOk) {
    Examination host;  // nothing could be tried
    host.private_network = EPERM;
    for (const Capability& capability : judge(host)) {
        if (capability.state == State::ok) continue;
        const bool tried = capability.detail.find("could not be tried") == std::string::npos;
        EXPECT_FALSE(capability.why.empty() || capability.without.empty()) << capability.name;
        EXPECT_EQ(capability.remedy.empty(), !tried) << capability.name << " may be fine where it was not tried";
    }
    EXPECT_EQ(overall(judge(host)), State::missing);
    EXPECT_EQ(state_of(host, "ending TIME_WAIT"), State::limited);
}

TEST(Doctor, SeesEachMissingFeatureAlone) {
    const auto with = [](auto change) {
        Examination host = healthy();
        change(host);
        return host;
    };
    EXPECT_EQ(state_of(with([](auto& h) { h.private_network = ENOSPC; }), "private network"), State::missing);
    EXPECT_EQ(state_of(with([](auto& h) { h.destroy = EOPNOTSUPP; }), "ending TIME_WAIT"), State::limited);
    EXPECT_EQ(state_of(with([](auto& h) { h.port_window = ENOPROTOOPT; }), "port window"), State::limited);
    EXPECT_EQ(state_of(with([](auto& h) { h.ipv6 = EAFNOSUPPORT; }), "IPv6"), State::limited);
    EXPECT_EQ(state_of(with([](auto& h) { h.raw_socket = EPERM; }), "raw socket"), State::limited);
    EXPECT_EQ(state_of(with([](auto& h) { h.socket_dump = ENOENT; }), "socket listing"), State::missing);
    EXPECT_EQ(state_of(with([](auto& h) { h.own_hash.reset(); }), "own connection table"), State::limited);
    EXPECT_EQ(state_of(with([](auto& h) { h.descriptor_limit = 500; }), "descriptors"), State::limited);
    EXPECT_EQ(state_of(with([](auto& h) { h.cpus = 1; }), "cpus"), State::limited);
    EXPECT_EQ(state_of(with([](auto& h) { h.private_network.reset(); }), "private network"), State::missing);
}

TEST(Doctor, TellsADispensableSettingFromAnIndispensableOne) {
    Examination host = healthy();
    host.knobs["net.ipv4.tcp_tw_reuse_delay"] = ENOENT;
    EXPECT_EQ(state_of(host, "net.ipv4.tcp_tw_reuse_delay"), State::limited);
    host.knobs["net.ipv4.tcp_tw_reuse"] = ENOENT;
    EXPECT_EQ(state_of(host, "net.ipv4.tcp_tw_reuse"), State::missing);
    host.knobs["net.ipv4.tcp_congestion_control"] = EPERM;
    EXPECT_EQ(state_of(host, "net.ipv4.tcp_congestion_control"), State::limited);
}

TEST(Examination, SurvivesTheWayFromTheChildProcess) {
    Examination sent = healthy();
    sent.user_namespace = false;
    sent.destroy = EOPNOTSUPP;
    sent.ipv6 = EAFNOSUPPORT;
    sent.loopback.reset();
    Examination received;
    read_text(to_text(sent), received);
    EXPECT_EQ(received.user_namespace, false);
    EXPECT_EQ(received.private_network, 0);
    EXPECT_EQ(received.destroy, EOPNOTSUPP);
    EXPECT_EQ(received.ipv6, EAFNOSUPPORT);
    EXPECT_EQ(received.loopback, std::nullopt);
    EXPECT_EQ(received.own_hash, 16'384U);
    EXPECT_EQ(received.knobs, sent.knobs);
}

}  // namespace
}  // namespace portdrought::lab
