// portdrought-mpi with the fake engine: points that take up to some milliseconds, so that ranks end them in any order.
// FILE_LIMIT in the environment is `ulimit -f` in bytes, but not for the files that MPI makes when it begins.
#include <sys/resource.h>

#include <cstdlib>

#include "mpi/ranks.hpp"
#include "sweep/fake_engine.hpp"

int main(int argc, char** argv) {
    return portdrought::mpi::run_on_ranks(argc, argv, [](const portdrought::cli::CommandLine&) {
        if (const char* bytes = std::getenv("FILE_LIMIT")) {
            const rlimit limit{std::strtoull(bytes, nullptr, 10), RLIM_INFINITY};
            ::setrlimit(RLIMIT_FSIZE, &limit);
        }
        return portdrought::sweep::fake_engines(std::chrono::milliseconds{5});
    });
}
