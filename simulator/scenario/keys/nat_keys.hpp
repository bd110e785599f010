// Table entries that only a NAT has. Included by the key table alone.
#pragma once

#include "scenario/keys/key_kinds.hpp"

namespace portdrought::scenario {

/// "50:1024,100:512": hosts and ports of each, the numbers of hosts rising; "" for none.
Key nat_shares_key(Words words, Field<Nat, std::vector<NatShare>> at);

}  // namespace portdrought::scenario
