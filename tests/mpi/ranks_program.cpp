// portdrought-mpi with the fake engine: points that take up to some milliseconds, so that ranks end them in any order.
#include "mpi/ranks.hpp"
#include "sweep/fake_engine.hpp"

int main(int argc, char** argv) {
    return portdrought::mpi::run_on_ranks(argc, argv, [](const portdrought::cli::CommandLine&) {
        return portdrought::sweep::fake_engines(std::chrono::milliseconds{5});
    });
}
