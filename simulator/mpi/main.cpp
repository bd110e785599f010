// portdrought-mpi: `portdrought sweep` on a cluster. See docs/sweeps.md.
#include "cli/engines.hpp"
#include "mpi/ranks.hpp"

int main(int argc, char** argv) { return portdrought::mpi::run_on_ranks(argc, argv, portdrought::cli::engines); }
