#include <fmt/format.h>

#include "analysis/html/explanation.hpp"
#include "analysis/html/ports_words.hpp"

namespace portdrought::html {
namespace {

using core::Closer;
using scenario::Holding;

std::string time_wait(const RunFacts& facts) {
    return fmt::format(
        "A TCP connection is known by four numbers: address and port of both ends. When it is closed, the side that "
        "closed first remembers it for a while, in the state TIME_WAIT, so that late segments of the old connection "
        "are "
        "not taken for data of a new one, and so that a lost last acknowledgement can be sent again (RFC 9293, 3.6.1). "
        "It "
        "lasts 2 x MSL, twice the longest time a segment may live; here that is {}. Until then the same four numbers "
        "cannot be used again, so one of the ports towards that server is taken.",
        facts.time_wait);
}

std::string pid_0(const RunFacts& facts) {
    std::string words =
        "The program has closed its connection and may have ended; what is left is a note in the kernel's table. It "
        "belongs to no process, so netstat prints PID 0, which on Windows is the name of the System Idle Process.";
    if (!facts.rows.empty() && !facts.is_modelled)
        words +=
            fmt::format(" In this run's listing {} of the {} rows shown have no owner.", facts.ownerless, facts.rows);
    return words;
}

std::string who_closed(const RunFacts& facts) {
    switch (facts.holding) {
        case Holding::time_wait:
        case Holding::bound_port:
            return facts.closer == Closer::both
                       ? "Both sides closed at once, so both keep the pair; the client's entry takes one of its ports."
                       : "The client, the side that connects. So TIME_WAIT is on its side, and each entry keeps one of "
                         "the ports it needs for the next connection.";
        case Holding::reuse_delay:
            return fmt::format(
                "The client, so TIME_WAIT is on its side; but tw_reuse lets connect() take a port back "
                "after {} instead of {}.",
                facts.residence, facts.time_wait);
        case Holding::bound_reuse:
            return "The client, so TIME_WAIT is on its side; but SO_REUSEADDR lets bind() and connect() take a port "
                   "back "
                   "from TIME_WAIT at once.";
        case Holding::fin_wait_2:
            return "The client, but the server never closed its half: the pairs stay in FIN_WAIT_2, which looks alike "
                   "and "
                   "is another thing.";
        case Holding::server_side:
            return "The server. TIME_WAIT is on its side, where it takes no ephemeral port, and the client may use its "
                   "port again at once.";
        case Holding::by_reset:
            return "Nobody, in the orderly way: each connection ended by a reset (RST), which leaves no TIME_WAIT. "
                   "What "
                   "was still on its way is thrown away with it.";
        case Holding::never_closed: return "Nobody: the connections stayed open, and so did the ports.";
    }
    return {};
}

std::string no_virus(const RunFacts& facts) {
    if (!facts.left_time_wait)
        return "This run left no pair in TIME_WAIT, so there is no such listing to be afraid of.";
    return fmt::format(
        "Every row here comes from a client that did nothing but open and close {} ordinary connections: up to {} "
        "pairs "
        "stood in TIME_WAIT at one time.",
        facts.connected, facts.peak);
}

std::string no_owner(const RunFacts& facts) {
    if (!facts.left_time_wait) return "Does not apply to this run: no pair outlived its program.";
    if (facts.is_modelled)
        return "The run is modelled, so there is no process table to look at; on a kernel these pairs have no owner.";
    if (facts.rows.empty()) return "This record has no listing; run it with --netstat to see the rows and their owner.";
    return fmt::format("{} of the {} rows listed have inode 0: no owner.", facts.ownerless, facts.rows);
}

std::string four_minutes(const RunFacts& facts) {
    if (!facts.left_time_wait) return "Does not apply to this run: nothing waited.";
    std::string words = fmt::format("Here it is {}.", facts.time_wait);
    if (!facts.real_length.empty())
        words += fmt::format(" Time was compressed: {} instead, with the rate raised as much.", facts.real_length);
    if (facts.holding == Holding::server_side)
        words += " It is the server that waits, and no port of the client with it.";
    if (facts.holding == Holding::reuse_delay || facts.holding == Holding::bound_reuse)
        words += " But the port is given back before that time is over.";
    return words;
}

std::string changes(const RunFacts& facts) {
    if (!facts.left_time_wait) return "Does not apply to this run: there is nothing to list.";
    std::string words = "A new pair enters with every close, and one leaves when its time is over.";
    if (!facts.made.empty())
        words += fmt::format(" Here {} connections a second were made, so about as many rows come each second.",
                             facts.made.substr(0, facts.made.find('/')));
    const bool is_reused = facts.holding == Holding::reuse_delay || facts.holding == Holding::bound_reuse;
    return words +
           fmt::format(" A row stays for {}{}.", facts.time_wait, is_reused ? ", or until its port is used again" : "");
}

}  // namespace

Explanation explanation_in_english(const RunFacts& facts) {
    return {.about = fmt::format("The figures are those of the run “{}”.", facts.name),
            .basics = {{"What is TIME_WAIT?", time_wait(facts)},
                       {"Why PID 0?", pid_0(facts)},
                       {"Who closed first here?", who_closed(facts)},
                       {"What do the ports of this run add up to?", arithmetic_in_english(facts)}},
            .points_heading = "The article's five points, answered by this run",
            .points = {{"It is no virus.", no_virus(facts)},
                       {"The owner is gone.", no_owner(facts)},
                       {"A pair stays for 2 x MSL, four minutes on Windows NT.", four_minutes(facts)},
                       {"Many outbound connections in a short time use up all ports.", used_up_in_english(facts)},
                       {"The listing changes at every call.", changes(facts)}}};
}

}  // namespace portdrought::html
