// Records as a run would have left them, made by playing a scenario against a constant TIME-WAIT on paper: no clock, no
// sockets, the same bytes every time.
#pragma once

#include "record/run_record.hpp"

namespace portdrought::made {

/// 33.3/s for 600 s on Windows 2000's 3,976 ports and 240 s, compressed 60 times.
scenario::Scenario article();

/// Plays an open loop: every attempt takes a pair for the scenario's residence time or finds none.
record::RunRecord play(const scenario::Scenario& scenario, std::uint32_t repetition = 1);

record::RunRecord exhausted();
record::RunRecord fine();           // the same at 30 s
record::RunRecord with_linger();    // SO_LINGER {1,0}: resets, bytes lost
record::RunRecord server_closes();  // TIME_WAIT on the server's side
record::RunRecord relay();          // the server is a relay on port 30606 and closes first; with a listing
record::RunRecord invalid();        // the generator fell behind
record::RunRecord with_pool();      // 2 connections a second are thrown away, the rest of 33.3/s is reused
record::RunRecord held_back();      // admission control lets 16/s of 33.3/s through
record::RunRecord interrupted();    // stopped at 60 s of 600 s
record::RunRecord modelled();       // the model engine's: Windows 10, 200/s on 16,384 ports kept for 120 s
record::RunRecord behind_nat();     // the same engine's: a NAT that drops SYNs, and attempts that time out

}  // namespace portdrought::made
