#!/usr/bin/env bash
# Holds the model to the records that `check` left of a pack: all within their limits, and none of the variants that the
# model is known to express has dropped out unnoticed. The model plays the same every time, and a machine that held the
# generator up does not: so what differs is run again on the kernel, and fails where it differs each time.
# usage: validate.sh PROGRAM FOLDER-OF-RECORDS KNOWN-TO-BE-JUDGED [OPTION…]
set -euo pipefail
export COLUMNS=240
program=$1 records=$2 known=$3
shift 3

readonly most_runs=4 # a generator that is 5 ms late moves what tw_reuse finds by a per cent

# usage: agrees_again TITLE [OPTION…]; until one of them agrees.
agrees_again() {
    local title=$1 run variant_option=()
    shift
    [[ $title == *,* ]] && variant_option=(--variant "${title#*, }")
    for ((run = 2; run <= most_runs; run++)); do
        printf '\nrun %d of %d at most: %s\n' "$run" "$most_runs" "$title"
        "$program" validate "${title%%,*}" "${variant_option[@]}" "$@" --quiet --output "$records/again" </dev/null &&
            return
    done
    return 1
}

# Of "differs   SCENARIO, VARIANT" each line of its input.
all_agree_again() {
    local title status=0
    while IFS= read -r title; do
        agrees_again "$title" "$@" || status=1
    done
    return "$status"
}

status=0
report=$("$program" validate "$@" "$records" 2>&1) || status=$?
printf '%s\n' "$report"
judged=$(grep -cE '^(agrees|differs)' <<<"$report" || true)
if ((judged < known)); then
    printf 'FAIL %d variants were judged, but %d are known to be within what the model can express\n' "$judged" "$known"
    exit 1
fi
if ((status == 1)); then
    sed -n 's/^differs *//p' <<<"$report" | all_agree_again "$@" || exit 1
elif ((status != 0)); then
    exit "$status"
fi
