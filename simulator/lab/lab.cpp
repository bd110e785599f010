#include "lab/lab.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "lab/abilities.hpp"
#include "lab/host_facts.hpp"
#include "lab/knobs.hpp"
#include "lab/missing.hpp"
#include "lab/sysctl.hpp"
#include "os/machine.hpp"
#include "os/net/interface.hpp"
#include "os/net/interface_address.hpp"
#include "os/process/limits.hpp"
#include "os/process/namespaces.hpp"
#include "os/system_error.hpp"

namespace portdrought::lab {

namespace {

[[noreturn]] void fail(const Capability& capability) { throw os::EnvironmentError(to_message(capability)); }

void assert_single_thread() {
    if (os::thread_count() != 1) throw std::logic_error("a lab can only be entered before the first thread starts");
}

void raise_descriptors(std::uint64_t needed) {
    const std::uint64_t limit = os::raise_descriptor_limit();
    if (limit < needed) fail(too_few_descriptors(limit, needed));
}

// The size applies to namespaces made from this one, so a second one follows. Kernels before 6.1 have no such setting;
// the census is then dearer, nothing else changes, and the record says which table it was.
void take_own_hash(std::uint32_t slots) {
    const std::string name = "net.ipv4.tcp_child_ehash_entries";
    if (!read_sysctl(name)) return;
    write_sysctl(name, std::to_string(slots));
    os::enter_another_network();
}

os::NamespaceKind enter_namespaces(std::uint32_t hash_slots) {
    const NamespacePolicy policy = read_namespace_policy();  // the host's; inside there would be another
    try {
        const os::NamespaceKind kind = os::enter_private_network();
        take_own_hash(hash_slots);
        return kind;
    } catch (const os::SystemError& failure) {
        fail(no_private_network(failure.error(), policy));
    }
}

void bring_loopback_up() {
    try {
        os::bring_up("lo");
    } catch (const os::SystemError& failure) {
        fail(no_loopback(failure.error()));
    }
}

void bring_ipv6_up(const LabPlan& plan) {
    if (!plan.needs_ipv6) return;
    if (const int error = try_ipv6()) fail(no_ipv6(error));
    try {
        os::add_addresses("lo", plan.addresses);
    } catch (const os::SystemError& failure) {
        fail(no_ipv6(failure.error()));
    }
}

void try_abilities(const LabPlan& plan) {
    if (const int error = try_socket_dump()) fail(no_socket_dump(error));
    if (plan.needs_sock_destroy) {
        if (const int error = try_destroy()) fail(no_destroy(error, os::kernel_release()));
    }
    if (plan.needs_port_window) {
        if (const int error = try_port_window()) fail(no_port_window(error, os::kernel_release()));
    }
    if (plan.needs_raw_socket) {
        if (const int error = try_raw_socket()) fail(no_raw_socket(error));
    }
}

std::vector<std::string> names_worth_recording(const LabPlan& plan) {
    std::vector<std::string> names{"net.core.somaxconn", "net.ipv4.tcp_max_syn_backlog", "net.ipv4.tcp_syncookies"};
    for (const Knob& knob : knobs_for(plan)) names.push_back(knob.name);
    return names;
}

}  // namespace

void set_knob(const Knob& knob) {
    if (!read_sysctl(knob.name)) {
        if (knob.dispensable) return;
        fail(no_knob(knob, os::kernel_release()));
    }
    try {
        write_sysctl(knob.name, knob.value);
    } catch (const os::SystemError& failure) {
        fail(refused_knob(knob, failure.error()));
    }
    const std::string found = read_sysctl(knob.name).value_or("");
    if (found != knob.value) fail(unheeded_knob(knob, found));
}

record::HostFacts enter(const LabPlan& plan) {
    assert_single_thread();
    raise_descriptors(plan.descriptors);
    const os::NamespaceKind kind = enter_namespaces(plan.established_hash);
    bring_loopback_up();
    bring_ipv6_up(plan);
    try_abilities(plan);
    for (const Knob& knob : knobs_for(plan)) set_knob(knob);
    record::HostFacts facts = collect_host_facts(names_worth_recording(plan));
    facts.user_namespace = kind == os::NamespaceKind::user_and_network;
    return facts;
}

}  // namespace portdrought::lab
