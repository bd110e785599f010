// Why ports stay taken or come free in a run, in words: shared by the verdict of one run and the lines of a comparison.
// Pure.
#pragma once

#include <string>

#include "analysis/laws/prediction.hpp"
#include "record/run_record.hpp"

namespace portdrought::findings {

/// "33.3/s x 240 s = 7,992 pairs wanted, 3,976 ports to hold them"
std::string arithmetic(const record::RunRecord& record);

/// "240 s", or "240 s + 5 s open" where connections stay open for a while.
std::string residence_text(const laws::Prediction& law);

/// Of the ports of all hosts together: "16.6/s (3,976 ports / 240 s)"
std::string lasting(const record::RunRecord& record, const laws::Prediction& law);

/// What the chain law says gets through once the pool that breaks first is full, of all hosts together: "769/s". Where
/// the law sees no pool full at the offered rate, the highest rate that lasts; "any rate" where no place stays taken.
std::string law_once_full(const scenario::Scenario& scenario);

/// That behind a NAT its pools end first, as a sentence: "The NAT lasts up to 769/s (NAT ports: 50,000 / 65 s)."; empty
/// where the hosts' own ports do.
std::string nat_limit(const scenario::Scenario& scenario);

/// A clause that follows "connections were opened, and": who closed first, and what that leaves.
std::string holding_clause(const record::RunRecord& record, const laws::Prediction& law);

/// What made resets out of closes: "SO_LINGER {1,0}", "close() with unread data". Only where something did.
std::string reset_cause(const scenario::Scenario& scenario);

/// Sentences about settings that were asked for and did nothing here: tw_reuse, SO_LINGER {1,n}. Empty without any.
std::string idle_settings(const scenario::Scenario& scenario);

/// "3,200 resets seen by the peer, 1.2 MB lost in 31 cut transfers"; says so where it is not known what was lost.
std::string cost_of_resets(const record::Cost& cost);

/// Whether the run counted what was lost; the model leaves that out where it depends on buffers (record::Cost).
bool losses_are_known(const record::Cost& cost);

}  // namespace portdrought::findings
