#!/usr/bin/env bash
# Documents with one fault each, and a right one: the check of commands must tell them apart.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
mkdir "$work/bin"
# shellcheck disable=SC2016  # the $1 is the program's
printf '#!/bin/sh\nexit "$1"\n' >"$work/bin/program"
chmod +x "$work/bin/program"

# expect ok|FAIL WORDS DOCUMENT: the verdict, and words that the output must have.
expect() {
    local verdict=ok output
    printf '%s\n' "$3" >"$work/document.md"
    output=$("$here/check_commands.sh" "$work/bin" "$work/document.md" 2>&1) || verdict=FAIL
    if [[ $verdict != "$1" || $output != *"$2"* ]]; then
        printf 'FAIL: wanted %s with "%s", got %s:\n%s\nfor\n%s\n' "$1" "$2" "$verdict" "$output" "$3" >&2
        failures=$((failures + 1))
    fi
}

expect ok '1 commands run' $'<!-- run -->\n```sh\n# a comment\nprogram 0\n```'
expect ok '1 commands run' $'<!-- run -->\n```console\n$ program 0\nprogram 7 is output here\n```'
expect ok '2 commands run' $'<!-- run: exit 2 -->\n```sh\nprogram 2\nprogram 2\n```'
expect ok 'left document.md:2: takes long' $'<!-- not run: takes long -->\n```sh\nprogram 1\n```'
expect ok '0 commands run' $'```toml\nrate = 1\n```'
expect FAIL 'exit code 3 instead of 0: program 3' $'<!-- run -->\n```sh\nprogram 3\n```'
expect FAIL 'exit code 0 instead of 2' $'<!-- run: exit 2 -->\n```sh\nprogram 0\n```'
expect FAIL 'exit code 127' $'<!-- run -->\n```sh\nno-such-program\n```'
expect FAIL 'without a mark' $'```sh\nprogram 0\n```'
expect FAIL 'without a mark' $'<!-- run -->\n\n```sh\nprogram 0\n```'
expect FAIL 'without a mark' $'<!-- not run: -->\n```sh\nprogram 0\n```'
expect FAIL 'never ends' $'<!-- run -->\n```sh\nprogram 0'

((failures == 0)) && echo "docs: the check of commands finds what it should"
