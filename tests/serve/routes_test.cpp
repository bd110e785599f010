#include "serve/routes.hpp"

#include <gtest/gtest.h>

namespace portdrought::serve {
namespace {

TEST(Route, IsThatOfThePath) {
    EXPECT_EQ(route_of({"GET", "/", "127.0.0.1:8080"}, 8080), Route::shell);
    EXPECT_EQ(route_of({"GET", "/report?v=7", "localhost:8080"}, 8080), Route::report);
    EXPECT_EQ(route_of({"GET", "/state", "LOCALHOST:8080"}, 8080), Route::state);
    EXPECT_EQ(route_of({"GET", "/live.js", "[::1]:8080"}, 8080), Route::script);
    for (const char* path : {"", "/report/", "/../etc/passwd", "//", "http://127.0.0.1:8080/state"})
        EXPECT_EQ(route_of({"GET", path, "127.0.0.1:8080"}, 8080), Route::not_found) << path;
}

TEST(Route, IsForReadingAlone) {
    for (const char* method : {"POST", "HEAD", "PUT", "get", "OPTIONS"})
        EXPECT_EQ(route_of({method, "/", "127.0.0.1:80"}, 80), Route::not_allowed) << method;
}

TEST(Route, IsRefusedUnderAnotherName) {
    for (const char* host : {"", "evil.example:8080", "127.0.0.1", "127.0.0.1:8081", "127.0.0.1:8080.evil.example",
                             "localhost", "user@127.0.0.1:8080"})
        EXPECT_EQ(route_of({"GET", "/", host}, 8080), Route::misdirected) << host;
}

TEST(Route, NeedsNoPortBesideTheNameAtPort80) {
    for (const char* host : {"127.0.0.1", "LocalHost", "[::1]", "127.0.0.1:80"})
        EXPECT_EQ(route_of({"GET", "/", host}, 80), Route::shell) << host;
    for (const char* host : {"", "evil.example", "127.0.0.1:", "127.0.0.1:8080"})
        EXPECT_EQ(route_of({"GET", "/", host}, 80), Route::misdirected) << host;
}

}  // namespace
}  // namespace portdrought::serve
