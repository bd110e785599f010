// What a modelled run rests on without anybody having checked it. Nothing for a run on a real kernel: there the kernel
// itself has spoken. Pure.
#pragma once

#include <string>
#include <vector>

#include "record/run_record.hpp"

namespace portdrought::findings {

bool is_modelled(const record::RunRecord& record);

/// What made all these records (at least one), in the words of engine_text() for one: "kernel engine, compressed x20 to
/// x50" where time scales differ, "different engines" where engines do.
std::string engines_text(const std::vector<const record::RunRecord*>& records);

/// A sentence each: "host.timed_wait_delay = 120s (windows-10): documentation disagrees: …".
std::vector<std::string> unverified(const record::RunRecord& record);

/// Of one such sentence what comes before the reason: "host.timed_wait_delay = 120s (windows-10)".
std::string without_reason(const std::string& sentence);

/// Of all records, each once.
std::vector<std::string> unverified(const std::vector<const record::RunRecord*>& records);

/// "Modelled on 2 values that nobody could check here: a; b. The records give the reasons."; the first eight of them;
/// empty where there are none.
std::string unverified_note(const std::vector<std::string>& sentences);

}  // namespace portdrought::findings
