#include "record/samples_json.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace portdrought::record {
namespace {

/// One number per sample, null where absent; left out altogether where no sample has it.
template <class Get>
void write_column(JsonWriter& json, std::string_view name, const std::vector<Sample>& samples, const Get& get) {
    bool any = false;
    for (const Sample& sample : samples) any = any || get(sample).has_value();
    if (!any) return;
    json.key(name).begin_array();
    for (const Sample& sample : samples) json.value(get(sample));
    json.end_array();
}

void write_outcome_columns(JsonWriter& json, const std::vector<Sample>& samples) {
    json.key("outcomes").begin_object();
    for (std::size_t i = 0; i < core::outcome_count; ++i) {
        bool any = false;
        for (const Sample& sample : samples) any = any || sample.outcomes.counts[i] != 0;
        if (!any) continue;
        write_column(json, core::name(static_cast<core::Outcome>(i)), samples,
                     [i](const Sample& sample) { return std::optional{sample.outcomes.counts[i]}; });
    }
    json.end_object();
}

void write_counter_columns(JsonWriter& json, const std::vector<Sample>& samples) {
    std::set<std::string> names;
    for (const Sample& sample : samples)
        for (const auto& [name, count] : sample.counters) names.insert(name);
    json.key("counters").begin_object();
    for (const std::string& name : names)
        write_column(json, name, samples, [&name](const Sample& sample) -> std::optional<std::uint64_t> {
            const auto found = sample.counters.find(name);
            if (found == sample.counters.end()) return std::nullopt;
            return found->second;
        });
    json.end_object();
}

void write_connect_times(JsonWriter& json, const std::vector<Sample>& samples) {
    if (std::ranges::none_of(samples, [](const Sample& sample) { return sample.connect.has_value(); })) return;
    const auto column = [&](std::string_view name, core::Duration ConnectTimes::*member) {
        write_column(json, name, samples, [member](const Sample& sample) -> std::optional<double> {
            if (!sample.connect) return std::nullopt;
            return static_cast<double>((*sample.connect.*member).count()) / 1e3;
        });
    };
    json.key("connect_us").begin_object();
    column("p50", &ConnectTimes::p50);
    column("p99", &ConnectTimes::p99);
    column("max", &ConnectTimes::max);
    json.end_object();
}

using Column = std::vector<std::optional<std::uint64_t>>;

void expect_one_per_sample(const JsonPlace& place, std::size_t values, std::size_t samples) {
    if (values != samples)
        place.fail("has " + std::to_string(values) + " values; expected " + std::to_string(samples) +
                   ", one per sample");
}

/// The values of a column, which must be one per sample.
Column column(const JsonPlace& place, std::size_t samples) {
    Column values = place.wholes();
    expect_one_per_sample(place, values.size(), samples);
    return values;
}

/// The same where no sample may be without.
Column full_column(const JsonPlace& place, std::size_t samples) {
    Column values = column(place, samples);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!values[i]) (void)place.items()[i].whole();  // says where, and what was expected
    return values;
}

void read_numbers(const JsonPlace& place, std::vector<Sample>& samples, std::uint64_t Sample::*member) {
    const Column values = full_column(place, samples.size());
    for (std::size_t i = 0; i < values.size(); ++i) samples[i].*member = *values[i];
}

void read_gauge(const JsonPlace& columns, std::string_view name, std::vector<Sample>& samples,
                std::optional<std::uint64_t> Sample::*member) {
    const auto place = columns.find(name);
    if (!place) return;
    const Column values = column(*place, samples.size());
    for (std::size_t i = 0; i < values.size(); ++i) samples[i].*member = values[i];
}

void read_counter(const std::string& name, const JsonPlace& place, std::vector<Sample>& samples) {
    const Column values = column(place, samples.size());
    // Counters are written in the order of their names, so each belongs at the end of its sample's.
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i]) samples[i].counters.insert_or_assign(samples[i].counters.end(), name, *values[i]);
}

void read_gauges(const JsonPlace& place, std::vector<Sample>& samples) {
    read_gauge(place, "time_wait", samples, &Sample::time_wait);
    read_gauge(place, "established", samples, &Sample::established);
    read_gauge(place, "time_wait_client", samples, &Sample::time_wait_client);
    read_gauge(place, "time_wait_server", samples, &Sample::time_wait_server);
    read_gauge(place, "fin_wait_2", samples, &Sample::fin_wait_2);
    read_gauge(place, "ports_in_use", samples, &Sample::ports_in_use);
    read_gauge(place, "ports_free", samples, &Sample::ports_free);
    read_gauge(place, "ports_reusable", samples, &Sample::ports_reusable);
    read_gauge(place, "nat_in_use", samples, &Sample::nat_in_use);
    read_gauge(place, "nat_dropped", samples, &Sample::nat_dropped);
}

core::Duration from_microseconds(double value, const JsonPlace& place, std::size_t index) {
    if (!(value >= 0 && value <= 9e15)) place.items()[index].fail("is no time in microseconds; expected 0 or more");
    return core::Duration{std::llround(value * 1e3)};
}

void read_connect_times(const JsonPlace& place, core::Duration ConnectTimes::*member, std::vector<Sample>& samples) {
    const std::vector<std::optional<double>> values = place.numbers_or_null();
    expect_one_per_sample(place, values.size(), samples.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (samples[i].connect.has_value() != values[i].has_value())
            place.items()[i].fail("does not fit the column p50: a sample has all of them or none");
        if (values[i]) *samples[i].connect.*member = from_microseconds(*values[i], place, i);
    }
}

void read_connect_times(const JsonPlace& columns, std::vector<Sample>& samples) {
    const auto place = columns.find("connect_us");
    if (!place) return;
    const std::vector<std::optional<double>> medians = place->at("p50").numbers_or_null();
    for (std::size_t i = 0; i < std::min(medians.size(), samples.size()); ++i)
        if (medians[i]) samples[i].connect.emplace();
    read_connect_times(place->at("p50"), &ConnectTimes::p50, samples);
    read_connect_times(place->at("p99"), &ConnectTimes::p99, samples);
    read_connect_times(place->at("max"), &ConnectTimes::max, samples);
}

void read_times(const JsonPlace& place, std::vector<Sample>& samples) {
    const std::vector<double> times = place.numbers();
    samples.reserve(times.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (i > 0 && times[i] <= times[i - 1]) place.items()[i].fail("does not rise; sample times must rise strictly");
        samples.emplace_back().t_s = times[i];
    }
}

}  // namespace

void write_samples(JsonWriter& json, const std::vector<Sample>& samples) {
    json.begin_object();
    json.key("t_s").begin_array();
    for (const Sample& sample : samples) json.value(sample.t_s);
    json.end_array();
    const auto column = [&](std::string_view name, auto member) {
        write_column(json, name, samples, [member](const Sample& sample) { return std::optional{sample.*member}; });
    };
    const auto gauge = [&](std::string_view name, auto member) {
        write_column(json, name, samples, [member](const Sample& sample) { return sample.*member; });
    };
    column("attempts", &Sample::attempts);
    column("connected", &Sample::connected);
    write_outcome_columns(json, samples);
    write_connect_times(json, samples);
    gauge("time_wait", &Sample::time_wait);
    gauge("established", &Sample::established);
    gauge("time_wait_client", &Sample::time_wait_client);
    gauge("time_wait_server", &Sample::time_wait_server);
    gauge("fin_wait_2", &Sample::fin_wait_2);
    gauge("ports_in_use", &Sample::ports_in_use);
    gauge("ports_free", &Sample::ports_free);
    gauge("ports_reusable", &Sample::ports_reusable);
    gauge("nat_in_use", &Sample::nat_in_use);
    gauge("nat_dropped", &Sample::nat_dropped);
    write_counter_columns(json, samples);
    json.end_object();
}

std::vector<Sample> read_samples(const JsonPlace& place) {
    std::vector<Sample> samples;
    read_times(place.at("t_s"), samples);
    if (samples.empty()) return samples;
    read_numbers(place.at("attempts"), samples, &Sample::attempts);
    read_numbers(place.at("connected"), samples, &Sample::connected);
    for (const auto& [name, values] : place.at("outcomes").members()) {
        const core::Outcome outcome = read_outcome(name, values);
        const Column counts = full_column(values, samples.size());
        for (std::size_t i = 0; i < counts.size(); ++i) samples[i].outcomes[outcome] = *counts[i];
    }
    read_connect_times(place, samples);
    read_gauges(place, samples);
    const auto counters = place.at("counters").members();
    for (Sample& sample : samples) sample.counters.reserve(counters.size());
    for (const auto& [name, values] : counters) read_counter(name, values, samples);
    return samples;
}

core::Outcome read_outcome(const std::string& name, const JsonPlace& place) {
    const auto found = core::outcome_from_name(name);
    if (!found) place.fail("is no known outcome; this version of portdrought is older than the file's");
    return *found;
}

}  // namespace portdrought::record
