// Private user and network namespaces. Entering one changes the calling thread alone, so it is done while the process
// has no other thread; unshare(2) refuses user namespaces otherwise. Nothing has to be undone: a namespace ends with
// the last process in it.
#pragma once

#include <cstdint>

namespace portdrought::os {

/// Threads of this process (/proc/self/status).
std::uint32_t thread_count();

enum class NamespaceKind : std::uint8_t {
    user_and_network,  // what any user may have: root inside, nobody outside
    network            // a privileged caller on a machine without user namespaces
};

/// Moves the process into a fresh network namespace, with a user namespace where the machine allows one. Throws
/// SystemError with the errno of the user namespace's refusal: ENOSPC (a limit in /proc/sys/user), EPERM (distribution,
/// container or AppArmor policy), EINVAL (kernel without user namespaces, or a second thread).
NamespaceKind enter_private_network();

/// A further network namespace from within one: sysctls that only apply to a namespace's children take effect.
void enter_another_network();

}  // namespace portdrought::os
