#!/usr/bin/env bash
# Holds the model to the records that `check` left of a pack: all within their limits, and none of the variants that the
# model is known to express has dropped out unnoticed.
# usage: validate.sh PROGRAM FOLDER-OF-RECORDS KNOWN-TO-BE-JUDGED [OPTION…]
set -euo pipefail
program=$1 records=$2 known=$3
shift 3
status=0
report=$("$program" validate "$@" "$records" 2>&1) || status=$?
printf '%s\n' "$report"
if ((status != 0)); then exit "$status"; fi
judged=$(grep -c '^agrees' <<<"$report" || true)
if ((judged < known)); then
    printf 'FAIL %d variants were judged, but %d are known to be within what the model can express\n' "$judged" "$known"
    exit 1
fi
