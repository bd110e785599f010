#include <fmt/format.h>

#include "analysis/html/ports_words.hpp"

namespace portdrought::html {
namespace {

/// "每秒 33.3 个"
std::string each_second(const std::string& rate) { return fmt::format("每秒 {} 个", rate.substr(0, rate.find('/'))); }

std::string seconds(const std::string& text) { return in_chinese_seconds(text); }

std::string places(const RunFacts& facts) {
    std::string product = facts.ports + " 个端口";
    if (facts.sources > 1) product += fmt::format(" × {} 个源地址", facts.sources);
    if (facts.hosts > 1) product += fmt::format(" × {} 台主机", facts.hosts);
    if (facts.destinations > 1) product += fmt::format(" × {} 个目的地", facts.destinations);
    const bool is_product = facts.sources > 1 || facts.hosts > 1 || facts.destinations > 1;
    std::string words = "共有 " + product + (is_product ? fmt::format(" = {} 个位置。", facts.capacity) : "。");
    if (!facts.bound.empty())
        words += fmt::format("其中 {} 个被已绑定却从不连接的套接字占用，还剩 {} 个。", facts.bound, facts.usable);
    return words;
}

const char* name_of(laws::PoolKind kind) {
    switch (kind) {
        case laws::PoolKind::host_share: return "分给主机的 NAT 端口";
        case laws::PoolKind::nat_ports: return "NAT 端口";
        case laws::PoolKind::nat_table: return "NAT 连接表";
        case laws::PoolKind::client_ports:
        case laws::PoolKind::server_time_wait: break;
    }
    return laws::name(kind);
}

std::string nat(const RunFacts& facts) {
    if (!facts.nat) return {};
    const NatFacts& nat = *facts.nat;
    return fmt::format("但主机在 NAT 之后，NAT 的位置先用完：{}能长期维持{}（{}：{}{} ÷ {}{}）。",
                       facts.hosts > 1 ? "所有主机合计" : "", each_second(nat.lasting), name_of(nat.kind),
                       nat.of_each_host ? "每台主机 " : "", nat.places,
                       nat.residence.empty() ? "永久" : seconds(nat.residence),
                       nat.unserved.empty() ? "" : fmt::format("；{} 的主机一个也分不到", nat.unserved));
}

std::string outcome(const RunFacts& facts) {
    if (facts.nat_is_full_first)
        return facts.first_drop.empty() ? "。"
                                        : fmt::format("；实测首个因此被丢弃的 SYN 在 {}。", seconds(facts.first_drop));
    if (!facts.first_failure.empty()) return fmt::format("；实测首次失败在 {}。", seconds(facts.first_failure));
    return facts.is_too_short ? "；本次运行太短，还看不到。" : "。";
}

std::string prediction(const RunFacts& facts) {
    if (!facts.is_predicted) return {};
    if (!facts.predicted_exhaustion.empty())
        return fmt::format("因此{}应在 {}后耗尽{}",
                           facts.nat_is_full_first ? "NAT 的位置"
                           : facts.is_hot          ? "通往最热门目的地的端口"
                                                   : "端口",
                           seconds(facts.predicted_exhaustion), outcome(facts));
    return std::string{facts.nat ? "按这个速率，端口和 NAT 的位置都不应耗尽" : "因此端口不应耗尽"} +
           (facts.first_failure.empty() ? std::string{"，实际也没有耗尽。"}
                                        : fmt::format("；但在 {}仍出现了失败。", seconds(facts.first_failure)));
}

std::string reason(const Spared& spared) {
    switch (spared.why) {
        case WithoutNeed::refused_locally: return fmt::format("{} 次在本地被拒绝", spared.attempts);
        case WithoutNeed::never_started: return fmt::format("{} 次从未开始", spared.attempts);
        case WithoutNeed::no_resources: return fmt::format("{} 次没有描述符或内存", spared.attempts);
        case WithoutNeed::unfinished: return fmt::format("{} 次没有完成", spared.attempts);
        case WithoutNeed::open_connection: return fmt::format("{} 次使用了已打开的连接", spared.attempts);
    }
    return {};
}

std::string reasons(const RunFacts& facts) {
    std::string list;
    for (const Spared& spared : facts.spared) list += (list.empty() ? "" : "，") + reason(spared);
    return list;
}

std::string found_one(const RunFacts& facts) {
    if (facts.all_ok) return fmt::format("{} 次尝试都找到了端口", facts.attempts);
    std::string words = fmt::format("{} 次尝试中有 {} 次需要端口，并且都找到了", facts.attempts, facts.needing);
    if (!facts.spared.empty()) words += fmt::format("（{}）", reasons(facts));
    if (!facts.failed_with_port.empty()) words += fmt::format("；{} 次因其他原因失败", facts.failed_with_port);
    return words;
}

std::string peak(const RunFacts& facts) {
    if (facts.peak_client.empty()) return fmt::format("。容量为 {}。", facts.capacity);
    return fmt::format("；客户端同一时刻最多有 {} 条处于 TIME_WAIT，而容量为 {}。", facts.peak_client, facts.capacity);
}

std::string of_nat(const RunFacts& facts) {
    return fmt::format("{}NAT 没有端口可给 {} 个 SYN（含重发）。",
                       facts.first_drop.empty() ? "" : fmt::format("从 {}起，", seconds(facts.first_drop)),
                       facts.dropped);
}

}  // namespace

std::string in_chinese_seconds(std::string text) {
    if (text.ends_with(" s")) text.replace(text.size() - 1, 1, "秒");
    return text;
}

std::string arithmetic_in_chinese(const RunFacts& facts) {
    std::string words = places(facts);
    if (facts.residence.empty()) return words + "端口从不归还，每条连接永久占去一个。" + nat(facts);
    const std::string residence = seconds(facts.residence);
    words += fmt::format("每条连接占用端口 {}。", residence);
    if (!facts.wanted.empty())
        words += fmt::format("{} × {} = 需要 {} 个位置，而实际有 {} 个。", each_second(facts.rate), residence,
                             facts.wanted, facts.usable);
    if (facts.rate.empty()) words += "这里每秒打开多少连接并非事先固定。";
    if (!facts.lasting.empty())
        words += fmt::format("能长期维持的速率是 {} ÷ {} = {}。", facts.usable, residence, each_second(facts.lasting));
    return words + nat(facts) + prediction(facts);
}

std::string used_up_in_chinese(const RunFacts& facts) {
    if (facts.ran_out) {
        const std::string from = facts.first_failure.empty() ? "首次失败" : seconds(facts.first_failure);
        const std::string words =
            fmt::format("是的：从 {}起，{} 次尝试中有 {} 次找不到端口。", from, facts.attempts, facts.without_port);
        return facts.dropped.empty() ? words : words + "此外，" + of_nat(facts);
    }
    if (!facts.dropped.empty())
        return fmt::format("是的，但用光的是 NAT 的端口：{}{} 次尝试中有 {} 次成功。主机自己的端口{}{}", of_nat(facts),
                           facts.attempts, facts.ok, facts.peak_client.empty() ? "并不缺" : "还有剩余", peak(facts));
    if (!facts.relay_without_port.empty())
        return fmt::format("是的，但是在中继上：它自己的 {} 次调用找不到端口。客户端并不缺端口{}",
                           facts.relay_without_port, peak(facts));
    return "本次没有：" + found_one(facts) + peak(facts);
}

}  // namespace portdrought::html
