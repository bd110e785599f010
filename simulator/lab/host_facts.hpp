// What a record says about the machine and the namespace a run took place in, as the kernel shows it at that moment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/run_record.hpp"

namespace portdrought::lab {

/// CONFIG_HZ in the text of a kernel configuration.
std::optional<std::uint32_t> hz_in(std::string_view kernel_configuration);

/// Slots of the namespace's own table of connections, from net.ipv4.tcp_ehash_entries; a negative value there means the
/// machine's table is used.
std::optional<std::uint64_t> own_hash_slots(const std::optional<std::string>& ehash_entries);

/// `sysctls` are read now; those the kernel does not have are left out.
record::HostFacts collect_host_facts(const std::vector<std::string>& sysctls);

}  // namespace portdrought::lab
