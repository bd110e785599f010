#!/usr/bin/env bash
# Every relative link of a document must lead to a file.
# usage: check_links.sh DOCUMENT...
set -euo pipefail
failures=0
for document in "$@"; do
    while IFS= read -r link; do
        [[ $link =~ ^(https?:|mailto:|#) || -z $link ]] && continue
        if [[ ! -e $(dirname "$document")/${link%%#*} ]]; then
            printf 'FAIL %s: no file at %s\n' "$document" "$link"
            failures=$((failures + 1))
        fi
    done < <(grep -o ']([^)]*)' "$document" | sed 's/^](//; s/)$//')
done
((failures == 0))
