#!/usr/bin/env bash
# Feeds check.sh trees with one breach each and a clean one: a checker that finds nothing proves nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

# plant FILE INCLUDE: the tree then holds this one source only.
plant() {
    rm -rf "${tree:?}"/*
    mkdir -p "$tree/$(dirname "$1")"
    printf '#pragma once\n\n#include %s\n' "$2" >"$tree/$1"
}

# refuses FILE INCLUDE MESSAGE: the check fails and says so at line 3 of FILE.
refuses() {
    local output
    plant "$1" "$2"
    if output=$("$here/check.sh" "$tree"); then
        echo "FAIL: $1 may include $2" >&2
        failures=$((failures + 1))
    elif [[ $output != *"$1:3: "*"$3"* ]]; then
        printf 'FAIL: %s including %s is answered with\n%s\n' "$1" "$2" "$output" >&2
        failures=$((failures + 1))
    fi
}

accepts() {
    local output
    plant "$1" "$2"
    output=$("$here/check.sh" "$tree") || {
        printf 'FAIL: %s may not include %s:\n%s\n' "$1" "$2" "$output" >&2
        failures=$((failures + 1))
    }
}

refuses simulator/core/a.hpp '"os/clock.hpp"' 'core may not use os ("os/clock.hpp"); it may use: nothing'
refuses simulator/engine/a.hpp '"kernel/kernel_engine.hpp"' 'engine may not use kernel'
refuses simulator/load/a.cpp '"record/run_record.hpp"' 'load may not use record'
refuses simulator/probe/a.cpp '  "scenario/scenario.hpp" // why' 'probe may not use scenario'
refuses simulator/kernel/a.cpp '"cli/run.hpp"' 'kernel may not use cli'
refuses analysis/report/a.cpp '"os/net/tuple.hpp"' 'analysis may not use os'
refuses simulator/core/a.hpp '"units.hpp"' 'has no folder'
refuses simulator/core/a.hpp '"nowhere/units.hpp"' 'is in no layer'
refuses simulator/load/connection.cpp '<boost/asio/io_context.hpp>' 'belongs to simulator/load/reactor.cpp'
refuses simulator/kernel/a.cpp '<boost/json.hpp>' 'belongs to simulator/record'
refuses analysis/report/csv.cpp '<boost/json/src.hpp>' 'belongs to simulator/record'
refuses simulator/scenario/a.cpp '<cxxopts.hpp>' 'belongs to simulator/cli'
refuses simulator/cli/a.cpp '<toml++/toml.h>' 'belongs to simulator/scenario'
refuses simulator/load/a.cpp '<libmnl/libmnl.h>' 'belongs to simulator/os'
refuses simulator/core/a.cpp '<gtest/gtest.h>' 'belongs to the tests'
refuses simulator/kernel/a.cpp '<unistd.h>' "operating system's"
refuses simulator/cli/a.cpp '<sys/socket.h>' "operating system's"

accepts simulator/probe/a.cpp '"core/units.hpp"'
accepts simulator/core/a.cpp '"core/units.hpp"'
accepts simulator/core/a.cpp '<vector>'
accepts simulator/cli/a.cpp '"kernel/kernel_engine.hpp"'
accepts analysis/compare/a.cpp '"analysis/report/text.hpp"'
accepts simulator/load/reactor.cpp '<boost/asio/io_context.hpp>'
accepts simulator/scenario/a.cpp '<toml++/toml.h>'
accepts simulator/os/a.cpp '<sys/socket.h>'
accepts simulator/probe/a.cpp '<libmnl/libmnl.h>'

plant simulator/attic/a.cpp '<vector>'
if "$here/check.sh" "$tree" >/dev/null; then
    echo "FAIL: a folder without a line in the table is accepted" >&2
    failures=$((failures + 1))
fi
rm -rf "${tree:?}"/*
if "$here/check.sh" "$tree" >/dev/null 2>&1; then
    echo "FAIL: a tree without sources is accepted" >&2
    failures=$((failures + 1))
fi

((failures == 0)) && echo "layers: the check finds what it should"
