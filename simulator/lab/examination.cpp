#include "lab/examination.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <sstream>
#include <string_view>

#include "lab/abilities.hpp"
#include "lab/host_facts.hpp"
#include "lab/sysctl.hpp"
#include "os/machine.hpp"
#include "os/net/interface.hpp"
#include "os/process/child_process.hpp"
#include "os/process/limits.hpp"
#include "os/process/namespaces.hpp"
#include "os/process/pipe.hpp"
#include "os/system_error.hpp"

namespace portdrought::lab {

namespace {

constexpr std::uint32_t tried_hash_slots = 16'384;
constexpr std::string_view knob_prefix = "knob:";

template <class Attempt>
int error_of(Attempt&& attempt) {
    try {
        attempt();
        return 0;
    } catch (const os::SystemError& failure) {
        return failure.error();
    }
}

void try_own_hash(Examination& found) {
    const int error = error_of([] {
        write_sysctl("net.ipv4.tcp_child_ehash_entries", std::to_string(tried_hash_slots));
        os::enter_another_network();
    });
    if (error == 0) found.own_hash = own_hash_slots(read_sysctl("net.ipv4.tcp_ehash_entries"));
}

// Runs in a child of its own: there is no way back out of a namespace.
Examination try_everything() {
    Examination found;
    found.private_network =
        error_of([&] { found.user_namespace = os::enter_private_network() == os::NamespaceKind::user_and_network; });
    if (found.private_network != 0) return found;
    try_own_hash(found);
    found.loopback = error_of([] { os::bring_up("lo"); });
    found.socket_dump = try_socket_dump();
    if (found.loopback == 0) {
        found.destroy = try_destroy();
        found.port_window = try_port_window();
        found.ipv6 = try_ipv6();
    }
    found.raw_socket = try_raw_socket();
    for (const Knob& knob : knobs_for(plan_for({}))) {
        found.knobs[knob.name] = error_of([&] { write_sysctl(knob.name, knob.value); });
    }
    return found;
}

}  // namespace

std::string to_text(const Examination& examination) {
    std::string text = fmt::format("user_namespace {}\n", examination.user_namespace ? 1 : 0);
    const auto add = [&](std::string_view name, const auto& value) {
        if (value) text += fmt::format("{} {}\n", name, *value);
    };
    add("private_network", examination.private_network);
    add("loopback", examination.loopback);
    add("socket_dump", examination.socket_dump);
    add("destroy", examination.destroy);
    add("port_window", examination.port_window);
    add("ipv6", examination.ipv6);
    add("raw_socket", examination.raw_socket);
    add("own_hash", examination.own_hash);
    for (const auto& [name, error] : examination.knobs) text += fmt::format("{}{} {}\n", knob_prefix, name, error);
    return text;
}

void read_text(const std::string& text, Examination& examination) {
    std::istringstream lines(text);
    std::string name;
    int value = 0;
    while (lines >> name >> value) {
        if (name == "user_namespace") examination.user_namespace = value != 0;
        if (name == "private_network") examination.private_network = value;
        if (name == "loopback") examination.loopback = value;
        if (name == "socket_dump") examination.socket_dump = value;
        if (name == "destroy") examination.destroy = value;
        if (name == "port_window") examination.port_window = value;
        if (name == "ipv6") examination.ipv6 = value;
        if (name == "raw_socket") examination.raw_socket = value;
        if (name == "own_hash") examination.own_hash = static_cast<std::uint64_t>(value);
        if (name.starts_with(knob_prefix)) examination.knobs[name.substr(knob_prefix.size())] = value;
    }
}

Examination examine_machine() {
    Examination examination;
    examination.kernel = os::kernel_release();
    examination.machine = os::machine_name();
    examination.cpus = os::usable_cpus();
    examination.descriptor_limit = os::descriptor_limit().hard;
    examination.policy = read_namespace_policy();
    os::Pipe pipe = os::open_pipe();
    os::ChildProcess child([&] {
        os::write_frame(pipe.write_end.get(), 0, to_text(try_everything()));
        return 0;
    });
    pipe.write_end.reset();
    os::FrameReader reader(std::move(pipe.read_end));
    if (const auto frame = reader.next()) read_text(frame->bytes, examination);
    child.wait();
    return examination;
}

}  // namespace portdrought::lab
