#!/usr/bin/env bash
# Runs the commands that documents show. A block of sh or console carries a mark on the line above it:
#   <!-- run -->                each command must end with exit code 0
#   <!-- run: exit 2 -->        … with exit code 2
#   <!-- not run: reason -->    left out, and said so
# A block without a mark is an error, so that nothing is left out by accident.
# usage: check_commands.sh FOLDER-OF-THE-PROGRAM DOCUMENT...
set -euo pipefail
PATH=$(cd "$1" && pwd):$PATH
shift
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
export XDG_CONFIG_HOME=$work/.config # no costs that the user has stored
trap 'rm -rf "$work"' EXIT
ln -s "$source_dir/scenarios" "$work/scenarios" # documents name files by their path in the source tree
failures=0
ran=0

fail() {
    printf 'FAIL %s\n' "$*"
    failures=$((failures + 1))
}

# In a console block commands follow "$ "; in an sh block every line is one.
commands_of_block() { if [[ $1 == console ]]; then sed -n 's/^\$ //p'; else sed '/^[[:space:]]*\(#\|$\)/d'; fi; }

run_block() {
    local place=$1 kind=$2 wanted=$3 block=$4 command status log="$work/.log"
    while IFS= read -r command; do
        status=0
        (cd "$work" && bash -c "$command") >"$log" 2>&1 </dev/null || status=$?
        ran=$((ran + 1))
        if [[ $status == "$wanted" ]]; then
            printf 'ok   %s: %s\n' "$place" "$command"
        else
            fail "$place: exit code $status instead of $wanted: $command"
            sed 's/^/     /' "$log"
        fi
    done < <(commands_of_block "$kind" <<<"$block")
}

# A mark is "run", "run: exit N" or "not run: reason".
judge_block() {
    local place=$1 kind=$2 mark=$3 block=$4
    case $mark in
        run) run_block "$place" "$kind" 0 "$block" ;;
        'run: exit '[0-9]*) run_block "$place" "$kind" "${mark#run: exit }" "$block" ;;
        'not run: '?*) printf 'left %s: %s\n' "$place" "${mark#not run: }" ;;
        *) fail "$place: a block of commands without a mark (see $(basename "${BASH_SOURCE[0]}"))" ;;
    esac
}

check_document() {
    local document=$1 name line number=0 mark='' kind='' block='' start=0
    name=$(basename "$document")
    while IFS= read -r line || [[ -n $line ]]; do
        number=$((number + 1))
        if [[ -n $kind ]]; then
            if [[ $line == '```' ]]; then
                judge_block "$name:$start" "$kind" "$mark" "$block"
                kind='' mark=''
            else
                block+=$line$'\n'
            fi
        elif [[ $line =~ ^'```'(sh|console)$ ]]; then
            kind=${BASH_REMATCH[1]} block='' start=$number
        elif [[ $line =~ ^'<!-- '(.*)' -->'$ ]]; then
            mark=${BASH_REMATCH[1]}
        else
            mark=''
        fi
    done <"$document"
    if [[ -n $kind ]]; then fail "$(basename "$document"):$start: the block never ends"; fi
}

for document in "$@"; do check_document "$document"; done
printf '%d commands run, %d failures\n' "$ran" "$failures"
((failures == 0))
