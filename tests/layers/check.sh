#!/usr/bin/env bash
# Holds every #include to the table of who may use whom. Prints one line per breach and fails if there is one.
# usage: check.sh [ROOT [TABLE]]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${1:-$here/../..}
table=${2:-$here/table.txt}
cd "$root"

files=()
for folder in simulator analysis bench; do
    [[ -d $folder ]] || continue
    while IFS= read -r -d '' file; do files+=("$file"); done < <(find "$folder" -name '*.[ch]pp' -print0 | sort -z)
done
((${#files[@]})) || {
    echo "layers: no sources under $root" >&2
    exit 1
}
exec awk -f "$here/check.awk" "$table" "${files[@]}"
