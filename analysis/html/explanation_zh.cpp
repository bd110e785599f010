#include <fmt/format.h>

#include "analysis/html/explanation.hpp"
#include "analysis/html/ports_words.hpp"

namespace portdrought::html {
namespace {

using core::Closer;
using scenario::Holding;

std::string time_wait(const RunFacts& facts) {
    return fmt::format(
        "一条 TCP 连接由四个数标识：两端的地址和端口。连接关闭后，先关闭的一方会以 TIME_WAIT 状态把它再记住一段时间："
        "这样旧连接迟到的报文就不会被当成新连接的数据，最后一个确认若丢失也能重发（RFC 9293 第 3.6.1 节）。"
        "这段时间是 2 × MSL，即报文最长寿命的两倍，本次为 {}。在此之前，同样的四个数不能再用，"
        "也就是说，通往该服务器的端口被占去了一个。",
        in_chinese_seconds(facts.time_wait));
}

std::string pid_0(const RunFacts& facts) {
    std::string words =
        "程序已经关闭了连接，甚至可能已经退出，留下的只是内核表中的一条记录。它不属于任何进程，所以 netstat 显示 PID "
        "0，"
        "在 Windows 上这正好是“系统空闲进程”的编号。";
    if (!facts.rows.empty() && !facts.is_modelled)
        words += fmt::format("在本次运行的列表中，显示的 {} 行里有 {} 行没有所有者。", facts.rows, facts.ownerless);
    return words;
}

std::string who_closed(const RunFacts& facts) {
    switch (facts.holding) {
        case Holding::time_wait:
        case Holding::bound_port:
            return facts.closer == Closer::both
                       ? "双方同时关闭，所以双方都留下 TIME_WAIT；客户端的那一条会占用它的一个端口。"
                       : "客户端，也就是发起连接的一方。所以 TIME_WAIT "
                         "留在客户端，每一条都占着一个下次连接要用的端口。";
        case Holding::reuse_delay:
            return fmt::format(
                "客户端，所以 TIME_WAIT 留在客户端；但 tw_reuse 让 connect() 在 {}后就能收回端口，不必等满 {}。",
                in_chinese_seconds(facts.residence), in_chinese_seconds(facts.time_wait));
        case Holding::bound_reuse:
            return "客户端，所以 TIME_WAIT 留在客户端；但 SO_REUSEADDR 让 bind() 和 connect() 可以立刻从 TIME_WAIT "
                   "收回端口。";
        case Holding::fin_wait_2:
            return "客户端先关闭，但服务器一直没有关闭它的那一半：连接停在 FIN_WAIT_2。看起来相似，其实是另一回事。";
        case Holding::server_side:
            return "服务器。TIME_WAIT 留在服务器一侧，不占用临时端口，客户端可以马上再用同一个端口。";
        case Holding::by_reset:
            return "没有哪一方正常关闭：每条连接都以 RST 结束，因此不留下 TIME_WAIT；还在路上的数据也随之丢弃。";
        case Holding::never_closed: return "没有人关闭：连接一直开着，端口也就一直被占着。";
    }
    return {};
}

std::string no_virus(const RunFacts& facts) {
    if (!facts.left_time_wait) return "本次运行没有留下任何 TIME_WAIT，也就没有那样一份吓人的列表。";
    return fmt::format(
        "这里的每一行都来自一个只做普通事情的客户端：它打开并关闭了 {} 条连接，同一时刻最多有 {} 条处于 TIME_WAIT。",
        facts.connected, facts.peak);
}

std::string no_owner(const RunFacts& facts) {
    if (!facts.left_time_wait) return "不适用于本次运行：没有连接在程序之后继续存在。";
    if (facts.is_modelled) return "本次运行由模型完成，没有进程表可查；在真实内核上，这些记录没有所有者。";
    if (facts.rows.empty()) return "这份记录没有列表；加上 --netstat 运行即可看到各行及其所有者。";
    return fmt::format("列出的 {} 行中有 {} 行的 inode 为 0，即没有所有者。", facts.rows, facts.ownerless);
}

std::string four_minutes(const RunFacts& facts) {
    if (!facts.left_time_wait) return "不适用于本次运行：没有任何等待。";
    std::string words = fmt::format("本次为 {}。", in_chinese_seconds(facts.time_wait));
    if (!facts.real_length.empty())
        words += fmt::format("时间被压缩：实际为 {}，速率也相应提高。", in_chinese_seconds(facts.real_length));
    if (facts.holding == Holding::server_side) words += "等待的是服务器，客户端的端口不受影响。";
    if (facts.holding == Holding::reuse_delay || facts.holding == Holding::bound_reuse)
        words += "但端口在这段时间结束之前就被收回。";
    return words;
}

std::string changes(const RunFacts& facts) {
    if (!facts.left_time_wait) return "不适用于本次运行：没有可列出的内容。";
    std::string words = "每关闭一条连接就有一行进入列表，到时间后又有一行离开。";
    if (!facts.made.empty())
        words += fmt::format("这里每秒建立 {} 条连接，所以每秒大约新增这么多行。",
                             facts.made.substr(0, facts.made.find('/')));
    const bool is_reused = facts.holding == Holding::reuse_delay || facts.holding == Holding::bound_reuse;
    return words + fmt::format("每一行停留 {}{}。", in_chinese_seconds(facts.time_wait),
                               is_reused ? "，或直到端口再次被使用" : "");
}

}  // namespace

Explanation explanation_in_chinese(const RunFacts& facts) {
    return {.about = fmt::format("以下数字取自运行“{}”。", facts.name),
            .basics = {{"什么是 TIME_WAIT？", time_wait(facts)},
                       {"为什么是 PID 0？", pid_0(facts)},
                       {"这里是谁先关闭的？", who_closed(facts)},
                       {"本次运行的端口账怎么算？", arithmetic_in_chinese(facts)}},
            .points_heading = "文章的五个要点，用本次运行来回答",
            .points = {{"这不是病毒。", no_virus(facts)},
                       {"所有者已经不在了。", no_owner(facts)},
                       {"一对地址端口要停留 2 × MSL，在 Windows NT 上是四分钟。", four_minutes(facts)},
                       {"短时间内大量对外连接会用光所有端口。", used_up_in_chinese(facts)},
                       {"每次列出的内容都不一样。", changes(facts)}}};
}

}  // namespace portdrought::html
