#include "model/unmodelled.hpp"

namespace portdrought::model {

std::vector<std::string> unmodelled(const scenario::Scenario& scenario) {
    std::vector<std::string> sentences;
    const auto add = [&](const std::string& what) {
        sentences.push_back("The model does not know " + what + "; run this scenario with --engine kernel.");
    };
    if (scenario.lab.descriptors) add("descriptors (lab.descriptors)");
    if (scenario.lab.duplicates > 0) add("delayed duplicates (lab.duplicates)");
    if (scenario.server.accepts && scenario.server.read_delay >= scenario.load.timeout)
        add("attempts that give up before the server reads (server.read_delay beyond load.timeout)");
    if (!scenario.server.listens && scenario::port_range(scenario.host).contains(scenario.server.port))
        add("connections that meet themselves (server.listens = false with server.port in host.ports)");
    return sentences;
}

bool costs_are_known(const scenario::Scenario& scenario) {
    return scenario.host.profile.starts_with("linux") && scenario.topology.hosts == 1 && !scenario.nat.is_there();
}

bool losses_are_known(const scenario::Scenario& scenario) {
    const scenario::Load& load = scenario.load;
    const bool resets = (load.linger && load.linger->count() == 0) || load.close_unread;
    if (!resets) return true;
    return load.response_bytes > 0 && !(load.close_unread && load.closer == core::Closer::server);
}

}  // namespace portdrought::model
