# First file: the table. All others: sources, named relative to the root of the tree.
# Plain awk (mawk, gawk): no extensions.

function fail(message) {
    printf "%s:%d: %s\n", FILENAME, FNR, message
    breaches++
}

# "simulator/probe/x.cpp" -> "probe", "analysis/report/x.cpp" -> "analysis", "simulator/main.cpp" -> "main".
function layer_of_file(path, parts, n) {
    n = split(path, parts, "/")
    if (parts[1] != "simulator") return parts[1]
    if (n > 2) return parts[2]
    sub(/\..*/, "", parts[2])
    return parts[2]
}

function is_below(path, places, list, n, i) {
    n = split(places, list, " ")
    for (i = 1; i <= n; i++)
        if (path == list[i] || index(path, list[i] "/") == 1) return 1
    return 0
}

function matches(header, pattern) {
    if (pattern ~ /\*$/) return index(header, substr(pattern, 1, length(pattern) - 1)) == 1
    return header == pattern
}

function check_project_header(header, layer, target) {
    if (header !~ /\//) {
        fail("\"" header "\" has no folder; write it from the include root, such as \"core/units.hpp\"")
        return
    }
    target = header
    sub(/\/.*/, "", target)
    if (!(target in allowed)) {
        fail("\"" header "\" is in no layer of the table")
        return
    }
    if (target == layer || (" " allowed[layer] " ") ~ / \* /) return
    if (index(" " allowed[layer] " ", " " target " ") > 0) return
    fail(layer " may not use " target " (\"" header "\"); it may use: " (allowed[layer] == "" ? "nothing" : allowed[layer]))
}

function check_restricted(header, pattern) {
    for (pattern in only)
        if (matches(header, pattern) && !is_below(FILENAME, only[pattern]))
            fail("<" header "> belongs to " (only[pattern] == "" ? "the tests" : only[pattern]))
}

function check_system(header, pattern) {
    if (header !~ /\.h$/ || is_below(FILENAME, system_users)) return
    for (pattern in only)
        if (matches(header, pattern)) return
    fail("<" header "> is the operating system's; it belongs to " system_users)
}

NR == FNR {
    if ($0 ~ /^[ \t]*(#|$)/) next
    kind = $1
    rest = $0
    sub(/^[a-z]+[ \t]+/, "", rest)
    if (kind == "system") {
        system_users = rest
        next
    }
    name = rest
    sub(/:.*/, "", name)
    if (kind !~ /^(layer|only)$/ || rest !~ /:/) {
        fail("not a line of this table: " $0)
        next
    }
    sub(/^[^:]*:[ \t]*/, "", rest)
    if (kind == "layer") allowed[name] = rest
    else only[name] = rest
    next
}

FNR == 1 {
    layer = layer_of_file(FILENAME)
    checked++
    if (!(layer in allowed)) fail("the folder \"" layer "\" has no line in the table")
}

!(layer in allowed) { next }

/^[ \t]*#[ \t]*include[ \t]*"/ {
    header = $0
    sub(/^[^"]*"/, "", header)
    sub(/".*/, "", header)
    check_project_header(header, layer)
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    check_restricted(header)
    check_system(header)
}

END {
    if (breaches) {
        printf "layers: %d breaches in %d files\n", breaches, checked
        exit 1
    }
    printf "layers: %d files keep to the table\n", checked
}
