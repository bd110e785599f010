#!/usr/bin/env bash
# run.sh MAKE_PAGE PORTDROUGHT DIRECTORY: makes pages, by hand and from modelled runs, and opens them in a real browser.
# Screenshots stay in DIRECTORY/screenshots. Ends with 77, skipped, where something is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
make_page=$1 portdrought=$2 work=$3

skip() {
    echo "skipped: $1 (./dev setup test installs it)"
    exit 77
}
command -v node >/dev/null || skip "node is missing"
[[ -x /usr/bin/chromium ]] || skip "/usr/bin/chromium is missing"
[[ -f $here/node_modules/playwright-core/package.json && -f $here/node_modules/axe-core/axe.min.js ]] ||
    skip "tests/browser/node_modules is missing"

rm -rf "$work/pages" "$work/runs" "$work/screenshots" "$work/sweep.json"
mkdir -p "$work/pages"
"$make_page" "$work/pages"
cd "$work"

# Real ones. What the commands find is not of interest here, so an exit code for a finding is fine.
page_of() {
    local status=0
    "$portdrought" "${@:2}" --html "pages/$1.html" >"pages/$1.log" 2>&1 || status=$?
    if ((status > 1)) || [[ ! -s pages/$1.html ]]; then
        cat "pages/$1.log"
        echo "portdrought ${*:2} ended with $status and left no page"
        exit 1
    fi
}
page_of compare compare timed-wait-delay --engine model --repeat 4
page_of check check azure-nat-fin-or-rst --engine model
page_of knee knee three-knees --engine model
page_of sweep sweep port-cliff --engine model --vary load.rate=200/s..800/s:200 --vary host.timed_wait_delay=2s,4s
page_of article run article --engine model --variant "as explained"

node "$here/run.mjs" "$work/pages" "$work/screenshots"
