#include "os/process/priority.hpp"

#include <sys/resource.h>

namespace portdrought::os {

void give_way() { ::setpriority(PRIO_PROCESS, 0, 10); }

}  // namespace portdrought::os
