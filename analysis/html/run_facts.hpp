// The figures of one run that the explanation speaks of, as people read them: the same in every language. Only from the
// record and the laws; what is not known is empty.
#pragma once

#include <cstdint>
#include <string>

#include "core/connection_cycle.hpp"
#include "record/run_record.hpp"
#include "scenario/holding.hpp"

namespace portdrought::html {

struct RunFacts {
    std::string name;  // "article, as explained"
    core::Closer closer = core::Closer::client;
    scenario::Holding holding = scenario::Holding::time_wait;
    bool is_modelled = false, is_relayed = false;

    std::string rate;       // connections offered per second, of all hosts: "33.3/s"; empty where not known beforehand
    std::string time_wait;  // "240 s"
    std::string residence;  // how long one connection keeps a port: "240 s"; empty where for ever
    std::string capacity;   // of one host: "3,976"
    std::string ports, times;           // "3,976" ports, and what they are multiplied by to make the capacity: "1"
    std::string wanted;                 // rate x residence: "7,992"; empty without one of them
    std::string lasting;                // "16.6/s"; empty where no port stays taken
    bool runs_out = false;              // as the laws say
    std::string predicted_exhaustion;   // "119 s"; empty where never
    bool is_kept_by_time_wait = false;  // ports are kept by TIME_WAIT on this side, and for its whole length

    std::string attempts, connected, without_port;  // counts
    bool ran_out = false;                           // some attempt found no port
    std::string first_failure;                      // "119 s"
    std::string peak;                               // pairs in TIME_WAIT at one time; empty where not seen
    std::string peak_client, peak_server;
    bool left_time_wait = true;   // some pair was seen in TIME_WAIT
    std::string made;             // connections a second
    std::string rows, ownerless;  // of the listing; empty without one
    std::string real_length;      // "4 s" of real time instead, where compressed; empty where not
};

RunFacts run_facts(const record::RunRecord& record);

}  // namespace portdrought::html
