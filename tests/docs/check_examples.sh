#!/usr/bin/env bash
# Runs the example of every command's --help, in an order in which each finds the files it names. Options behind them make
# the long ones short: where the kernel adds nothing, the model plays them.
# usage: check_examples.sh FOLDER-OF-THE-PROGRAM
set -euo pipefail
PATH=$(cd "$1" && pwd):$PATH
work=$(mktemp -d)
export XDG_CONFIG_HOME=$work/.config # the user's costs stay as they are
trap 'rm -rf "$work"' EXIT
cd "$work"
failures=0

declare -A behind=(
    [run]='--engine model'
    [compare]='--engine model --repeat 1'
    [check]='--engine model'
    [knee]='--engine model --repeat 1 --resolution 20%'
    [validate]='--variant off --set load.duration=500ms'
    [sweep]='--engine model'
)
# what an example names and no earlier one has made
prepare() {
    case $1 in
        check)
            printf '%s\n' 'name = "my"' 'title = "Mine"' 'question = "?"' '[load]' 'rate = "50/s"' 'duration = "500ms"' \
                '[[expect]]' 'that = "outcomes.no_port_connect == 0"' >my.toml
            ;;
        diagnose) portdrought run article --engine model --variant 'as explained' >/dev/null ;;
        merge)
            for part in 1 2; do
                portdrought sweep port-cliff --engine model --vary load.rate=50/s,100/s --shard $part/2 \
                    --output part-$part.json --quiet >/dev/null
            done
            ;;
    esac
}

commands=$(portdrought completion bash | sed -n "s/^_portdrought_commands='\(.*\)'/\1/p")
[[ -n $commands ]] || { echo "FAIL no commands" && exit 1; }
for command in $commands; do
    example=$(COLUMNS=240 portdrought "$command" --help | sed -n 's/^Example: //p')
    [[ $example == "portdrought $command"* ]] || { echo "FAIL $command: its example is: $example" && failures=$((failures + 1)); }
    if [[ $command == calibrate ]]; then # half a minute of the kernel, which tests/cli/calibrate_test.cpp spends already
        echo "left $example"
        continue
    fi
    prepare "$command"
    status=0
    began=$SECONDS
    bash -c "$example ${behind[$command]:-}" >out 2>err </dev/null || status=$?
    if [[ $status == 0 ]]; then
        printf 'ok   %s (%d s)\n' "$example" $((SECONDS - began))
    else
        printf 'FAIL exit code %d: %s\n' "$status" "$example ${behind[$command]:-}"
        sed 's/^/     /' err
        failures=$((failures + 1))
    fi
done
((failures == 0))
