#include "serve/live_server.hpp"

#include "os/process/priority.hpp"
#include "record/json/json_writer.hpp"
#include "record/record_file.hpp"
#include "serve/http_server.hpp"
#include "serve/shell_page.hpp"

namespace portdrought::serve {
namespace {

constexpr std::size_t most_waiting_bytes = 4U << 20U;  // some hundreds of runs

enum class Message : std::uint32_t { label, begin, progress, finished, end };

/// The serving process' side.
class Served {
public:
    Served(os::FileDescriptor pipe, Page page) : reader_(std::move(pipe)), runs_(std::move(page)) {}

    int descriptor() const { return reader_.descriptor(); }

    /// All that has come; false where nothing will come any more.
    bool read() {
        while (const auto frame = reader_.next(std::chrono::milliseconds{0})) take(*frame);
        return !reader_.at_end();
    }

    Body body(Route route) {
        switch (route) {
            case Route::shell: return std::make_shared<const std::string>(shell_html());
            case Route::script: return std::make_shared<const std::string>(shell_script());
            case Route::style: return std::make_shared<const std::string>(shell_style());
            case Route::report: return runs_.page(LiveRuns::Clock::now());
            default: return std::make_shared<const std::string>(runs_.state(LiveRuns::Clock::now()));
        }
    }

private:
    void take(const os::Frame& frame) {
        switch (static_cast<Message>(frame.type)) {
            case Message::label: label_ = frame.bytes; return;
            case Message::begin: return runs_.begin(record::from_json(frame.bytes, "the run"), label_);
            case Message::progress: return runs_.progress(engine::progress_from(frame.bytes));
            case Message::finished: return runs_.finished(frame.bytes);
            case Message::end: return runs_.end();
        }
    }

    os::FrameReader reader_;
    LiveRuns runs_;
    std::string label_;
};

int serve(Listening listening, os::FileDescriptor pipe, Page page) {
    os::give_way();
    Served served(std::move(pipe), std::move(page));
    serve_until(
        std::move(listening), [&](Route route) { return served.body(route); }, served.descriptor(),
        [&] { return served.read(); });
    return 0;
}

}  // namespace

LiveServer::LiveServer(const Endpoint& endpoint, Page page) {
    Listening listening = listen_at(endpoint);
    endpoint_ = listening.endpoint;
    os::Pipe pipe = os::open_pipe();
    child_ = std::make_unique<os::ChildProcess>([&] {
        pipe.write_end.reset();
        return serve(std::move(listening), std::move(pipe.read_end), std::move(page));
    });
    to_page_.emplace(std::move(pipe.write_end), most_waiting_bytes);
}

void LiveServer::tell(std::uint32_t type, const std::string& bytes) {
    try_to([&](os::FrameSender& page) { page.send(type, bytes); });
}

void LiveServer::catch_up() {
    try_to([](os::FrameSender& page) { page.flush(); });
}

void LiveServer::try_to(const std::function<void(os::FrameSender&)>& write) {
    if (!to_page_) return;
    try {
        write(*to_page_);
    } catch (const std::exception&) {  // a page that is gone, or stands still, is no reason to end a run
        to_page_.reset();
        child_.reset();
    }
}

void LiveServer::begin(const record::RunRecord& skeleton, const std::string& label) {
    tell(static_cast<std::uint32_t>(Message::label), label);
    tell(static_cast<std::uint32_t>(Message::begin), record::to_json(skeleton));
}

void LiveServer::progress(const engine::Progress& now) {
    constexpr auto pause = std::chrono::milliseconds{100};
    const auto moment = LiveRuns::Clock::now();
    if (moment < next_progress_) return;
    next_progress_ = moment + pause;
    catch_up();
    if (!to_page_ || to_page_->is_waiting()) return;
    tell(static_cast<std::uint32_t>(Message::progress), std::string{engine::bytes_of(now)});
}

void LiveServer::finished(const std::string& path) { tell(static_cast<std::uint32_t>(Message::finished), path); }

void LiveServer::end() { tell(static_cast<std::uint32_t>(Message::end), ""); }

}  // namespace portdrought::serve
