#!/bin/sh
# Runs the launcher's tests as who started them and, when that is root, as an ordinary user as well.
set -u
here=$(cd "$(dirname "$0")" && pwd)
OUT=${OUT:?}
work=$(mktemp -d /var/tmp/hexe-launcher.XXXXXX)
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
chmod 755 "$work"
cp "$OUT/hexe-policy" "$OUT/hexe-prover" "$OUT"/test/planasm "$OUT"/test/without "$OUT"/test/act "$OUT"/test/fake-manager "$OUT"/test/at-terminal "$here"/*.sh "$work"
chmod 755 "$work"/*
status=0

suite() { # NAME DIRECTORY [COMMAND…]: runs it by way of the command
    name=$1 directory=$work/$2
    shift 2
    BIN=$work WORK=$directory "$@" sh "$work/$name-tests.sh" || status=1
}

suites='launcher limits status join guard protect siblings cache attempts files start terminal'
for name in $suites; do
    mkdir "$work/$name" || exit 1
    suite "$name" "$name"
done
# It looks for mounts that are left, and must not find those that others on this machine make meanwhile.
alone=
! unshare --mount --propagation private true 2>/dev/null || alone='unshare --mount --propagation private'
mkdir "$work/fault" || exit 1
suite fault fault $alone
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    for name in $suites; do
        mkdir "$work/$name-as-user" && chown 1000:1000 "$work/$name-as-user" || exit 1
        suite "$name" "$name-as-user" setpriv --reuid=1000 --regid=1000 --clear-groups
    done
else
    echo "# skipped: the same as an ordinary user (needs root and setpriv)"
fi
exit $status
