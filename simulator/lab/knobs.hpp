// The kernel settings a run depends on, as a table: name, value, and the words for a kernel that lacks it. All of them
// belong to the run's own network namespace.
#pragma once

#include <string>
#include <vector>

#include "lab/lab_plan.hpp"

namespace portdrought::lab {

struct Knob {
    std::string name;          // "net.ipv4.tcp_tw_reuse"
    std::string value;         // as the kernel shows it after it was set
    std::string decides;       // what depends on it
    std::string since;         // first Linux that has it in a network namespace
    std::string remedy;        // for a value the kernel refuses
    std::string without;       // what still works
    bool dispensable = false;  // absent is fine: the kernel does by itself what the value asks for
};

std::vector<Knob> knobs_for(const LabPlan& plan);

}  // namespace portdrought::lab
