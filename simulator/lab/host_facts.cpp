#include "lab/host_facts.hpp"

#include <charconv>

#include "lab/sysctl.hpp"
#include "os/machine.hpp"
#include "os/proc_file.hpp"
#include "os/process/limits.hpp"
#include "os/system_error.hpp"

namespace portdrought::lab {

namespace {

// /proc/config.gz would need a decompressor; where only that exists the value stays unknown.
std::optional<std::uint32_t> kernel_hz(const std::string& kernel) {
    try {
        const auto text = os::read_file_if_present("/boot/config-" + kernel);
        return text ? hz_in(*text) : std::nullopt;
    } catch (const os::SystemError&) {
        return std::nullopt;  // not readable for this user: unknown is not worth failing for
    }
}

}  // namespace

std::optional<std::uint32_t> hz_in(std::string_view kernel_configuration) {
    constexpr std::string_view key = "CONFIG_HZ=";
    for (std::size_t at = kernel_configuration.find(key); at != std::string_view::npos;
         at = kernel_configuration.find(key, at + 1)) {
        if (at != 0 && kernel_configuration[at - 1] != '\n') continue;
        const std::string_view value = kernel_configuration.substr(at + key.size());
        std::uint32_t hz = 0;
        const auto result = std::from_chars(value.data(), value.data() + value.size(), hz);
        if (result.ec == std::errc{} && hz > 0) return hz;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> own_hash_slots(const std::optional<std::string>& ehash_entries) {
    std::int64_t slots = 0;
    if (!ehash_entries) return std::nullopt;
    const auto result = std::from_chars(ehash_entries->data(), ehash_entries->data() + ehash_entries->size(), slots);
    if (result.ec != std::errc{} || slots <= 0) return std::nullopt;
    return static_cast<std::uint64_t>(slots);
}

record::HostFacts collect_host_facts(const std::vector<std::string>& sysctls) {
    record::HostFacts facts;
    facts.kernel = os::kernel_release();
    facts.machine = os::machine_name();
    facts.cpus = os::usable_cpus();
    facts.hz = kernel_hz(facts.kernel);
    facts.descriptor_limit = os::descriptor_limit().soft;
    facts.established_hash = own_hash_slots(read_sysctl("net.ipv4.tcp_ehash_entries"));
    for (const std::string& name : sysctls) {
        if (auto value = read_sysctl(name)) facts.sysctls.emplace(name, *std::move(value));
    }
    return facts;
}

}  // namespace portdrought::lab
