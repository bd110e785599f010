// What a client's pool and admission control did to a run, in words. Pure.
#pragma once

#include <string>

#include "analysis/laws/prediction.hpp"
#include "record/run_record.hpp"

namespace portdrought::findings {

/// "1,600 requests, 1,591 of them on a connection that was open already", and why connections were closed; empty
/// without a pool.
std::string pool_use(const record::RunRecord& record);

/// The same as an explanation of why ports lasted: with what closed connections leave behind.
std::string pool_kept_ports(const record::RunRecord& record, const laws::Prediction& law);

/// What admission let through, and that the rest took no port.
std::string admission_text(const record::RunRecord& record);

}  // namespace portdrought::findings
