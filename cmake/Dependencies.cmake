# The one place that finds packages; all are Debian 12 packages (./dev setup), nothing is downloaded.
set(Boost_NO_WARN_NEW_VERSIONS ON)  # this CMake is older than Boost 1.81
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(Boost 1.81 EXACT REQUIRED COMPONENTS json)
find_package(PkgConfig REQUIRED)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
pkg_check_modules(mnl REQUIRED IMPORTED_TARGET libmnl)
find_path(CXXOPTS_INCLUDE_DIR cxxopts.hpp REQUIRED)

# Optional: sweeps on a cluster.
find_package(MPI COMPONENTS CXX QUIET)
find_package(Boost 1.81 EXACT QUIET OPTIONAL_COMPONENTS mpi serialization)
set(PORTDROUGHT_MPI OFF)
if(TARGET MPI::MPI_CXX AND TARGET Boost::mpi)
    set(PORTDROUGHT_MPI ON)
else()
    message(STATUS "portdrought-mpi is left out: Boost.MPI or Open MPI is missing (./dev setup mpi installs both)")
endif()

if(PORTDROUGHT_TESTS)
    find_package(GTest REQUIRED)
endif()
if(PORTDROUGHT_BENCH)
    find_package(benchmark REQUIRED)
endif()
