#!/bin/sh
# Runs the launcher's tests as who started them and, when that is root, as an ordinary user as well; then as many suites at the
# same time as there are processors. All lines of TAP are in $OUT/launcher.tap at the end.
#
#   run-tests.sh                all suites
#   run-tests.sh --only NAME…   these: `mounts`, or `mounts-as-user`
set -u
here=$(cd "$(dirname "$0")" && pwd)
OUT=${OUT:?}

# the longest first, so that none is left alone at the end
suites='fault terminal start guard protect cache java launcher root join limits siblings files status observe attempts reuse listing'

# What takes no sandbox: the formatter, the reader of plans, and that golden files are what their text says. Each is a line of
# TAP; what went wrong within is lines of its own.
simple() { # DESCRIPTION COMMAND…
    description=$1
    shift
    if "$@"; then echo "ok - $description"; else echo "not ok - $description"; fi
}

# fuzz NAME WHAT FILE…: the corpus, and the same mutations of it each time, for seconds; scripts/fuzz does so for longer.
fuzz() {
    name=$1 what=$2
    shift 2
    simple "$what: nothing breaks it" "$OUT/test/fuzz_$name" "${FUZZ_SECONDS:-2}" 1 "$OUT/broke-$name" "$@"
}

simple_tests() {
    simple "numbers and texts are formatted as the C library does" "$OUT/test/format_test"
    simple "the reader of plans keeps its promises" "$OUT/test/plan_test" 1 "$here"/../golden/*.plan
    fuzz plan "the reader and the rules of plans" "$here"/../golden/*.plan
    for fuzzer in 'arguments:the key of arguments and variables' 'environment:what a plan does to the environment' \
        'status:the status, whatever comes from inside' 'join:the words that `enter` sends'; do
        fuzz "${fuzzer%%:*}" "${fuzzer#*:}" "$here/../fuzz/corpus/${fuzzer%%:*}"/*
    done
    for golden in "$here"/../golden/*.plan; do
        "$OUT/test/planasm" <"${golden%.plan}.txt" >"$work/assembled"
        simple "$(basename "$golden") is what its text says" cmp -s "$work/assembled" "$golden"
    done
}

# alone COMMAND…: where the processes and mounts of suites that run meanwhile are not seen: some look for what was left.
alone() {
    if [ "$(id -u)" = 0 ] && unshare --mount --propagation private --pid --fork --kill-child --mount-proc true 2>/dev/null; then
        unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$@"
    else
        "$@"
    fi
}

start() { # NAME COMMAND…
    case $1 in
        *-as-user)
            chown 1000:1000 "$work/$1" || exit 1
            shift
            alone setpriv --reuid=1000 --regid=1000 --clear-groups "$@"
            ;;
        *)
            shift
            alone "$@"
            ;;
    esac
}

# In a process that xargs started: $work is there. The lines of two suites do not mix.
run_one() { # NAME
    mkdir "$work/$1" || exit 1
    began=$(date +%s)
    BIN=$work WORK=$work/$1 start "$1" sh "$work/${1%-as-user}-tests.sh" >"$work/$1.tap" 2>&1
    status=$?
    # a suite that ended by itself has said why
    [ $status = 0 ] || grep -q '^not ok' "$work/$1.tap" || echo "not ok - the suite $1 ended with $status" >>"$work/$1.tap"
    {
        flock 9
        echo "# $1: $(($(date +%s) - began)) s"
        cat "$work/$1.tap"
    } 9<"$work"
    return $status
}

if [ "${1:-}" = --one ]; then
    run_one "$2"
    exit
fi

work=$(mktemp -d /var/tmp/hexe-launcher.XXXXXX)
export work OUT
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
chmod 755 "$work"
cp "$OUT/hexe-policy" "$OUT/hexe-prover" "$OUT"/test/planasm "$OUT"/test/without "$OUT"/test/act "$OUT"/test/fake-manager "$OUT"/test/at-terminal "$here"/*.sh "$work"
chmod 755 "$work"/*

only=no
if [ "${1:-}" = --only ]; then
    shift
    only=yes
    names=$*
elif [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    names=$(for name in $suites; do echo "$name"; [ "$name" = fault ] || echo "$name-as-user"; done)
else
    names=$suites
    echo "# skipped: the same as an ordinary user (needs root and setpriv)"
fi
failed=0
if [ $only = no ]; then
    simple_tests >"$work/simple.tap"
    cat "$work/simple.tap"
    ! grep -q '^not ok' "$work/simple.tap" || failed=1
fi
together=$(nproc)
[ "$(id -u)" = 0 ] || together=1
# shellcheck disable=SC2086  # a list of names
printf '%s\n' $names | xargs -n 1 -P "${JOBS:-$together}" sh "$here/run-tests.sh" --one
status=$?
cat "$work"/*.tap >"$OUT/launcher.tap"
[ $status = 0 ] && [ $failed = 0 ]
