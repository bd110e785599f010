#!/usr/bin/env bash
# Holds the model to the records that `check` left of a pack: all within their limits, and none of the variants that the
# model is known to express has dropped out unnoticed. The model plays the same every time, and a machine that held the
# generator up does not: so what differs is run once more on the kernel, and fails where it differs again.
# usage: validate.sh PROGRAM FOLDER-OF-RECORDS KNOWN-TO-BE-JUDGED [OPTION…]
set -euo pipefail
export COLUMNS=240
program=$1 records=$2 known=$3
shift 3

# Of "differs   SCENARIO, VARIANT" on its input, each once more.
once_more() {
    local scenario variant_option status=0
    while IFS= read -r title; do
        scenario=${title%%,*} variant_option=()
        [[ $title == *,* ]] && variant_option=(--variant "${title#*, }")
        printf '\nonce more: %s\n' "$title"
        "$program" validate "$scenario" "${variant_option[@]}" "$@" --quiet --output "$records/again" </dev/null ||
            status=1
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
    sed -n 's/^differs *//p' <<<"$report" | once_more "$@" || exit 1
elif ((status != 0)); then
    exit "$status"
fi
