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
mkdir "$work/as-caller" || exit 1
BIN=$work WORK=$work/as-caller sh "$work/launcher-tests.sh" || status=1
mkdir "$work/limits" || exit 1
BIN=$work WORK=$work/limits sh "$work/limits-tests.sh" || status=1
mkdir "$work/status" || exit 1
BIN=$work WORK=$work/status sh "$work/status-tests.sh" || status=1
mkdir "$work/join" || exit 1
BIN=$work WORK=$work/join sh "$work/join-tests.sh" || status=1
mkdir "$work/guard" || exit 1
BIN=$work WORK=$work/guard sh "$work/guard-tests.sh" || status=1
mkdir "$work/siblings" || exit 1
BIN=$work WORK=$work/siblings sh "$work/siblings-tests.sh" || status=1
mkdir "$work/cache" || exit 1
BIN=$work WORK=$work/cache sh "$work/cache-tests.sh" || status=1
mkdir "$work/attempts" || exit 1
BIN=$work WORK=$work/attempts sh "$work/attempts-tests.sh" || status=1
mkdir "$work/files" || exit 1
BIN=$work WORK=$work/files sh "$work/files-tests.sh" || status=1
mkdir "$work/start" || exit 1
BIN=$work WORK=$work/start sh "$work/start-tests.sh" || status=1
mkdir "$work/terminal" || exit 1
BIN=$work WORK=$work/terminal sh "$work/terminal-tests.sh" || status=1
mkdir "$work/faults" || exit 1
BIN=$work WORK=$work/faults sh "$work/fault-tests.sh" || status=1
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    mkdir "$work/as-user" && chown 1000:1000 "$work/as-user" || exit 1
    BIN=$work WORK=$work/as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/launcher-tests.sh" || status=1
    mkdir "$work/attempts-as-user" && chown 1000:1000 "$work/attempts-as-user" || exit 1
    BIN=$work WORK=$work/attempts-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/attempts-tests.sh" || status=1
    mkdir "$work/files-as-user" && chown 1000:1000 "$work/files-as-user" || exit 1
    BIN=$work WORK=$work/files-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/files-tests.sh" || status=1
    mkdir "$work/limits-as-user" && chown 1000:1000 "$work/limits-as-user" || exit 1
    BIN=$work WORK=$work/limits-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/limits-tests.sh" || status=1
    mkdir "$work/status-as-user" && chown 1000:1000 "$work/status-as-user" || exit 1
    BIN=$work WORK=$work/status-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/status-tests.sh" || status=1
    mkdir "$work/join-as-user" && chown 1000:1000 "$work/join-as-user" || exit 1
    BIN=$work WORK=$work/join-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/join-tests.sh" || status=1
    mkdir "$work/guard-as-user" && chown 1000:1000 "$work/guard-as-user" || exit 1
    BIN=$work WORK=$work/guard-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/guard-tests.sh" || status=1
    mkdir "$work/siblings-as-user" && chown 1000:1000 "$work/siblings-as-user" || exit 1
    BIN=$work WORK=$work/siblings-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/siblings-tests.sh" || status=1
    mkdir "$work/cache-as-user" && chown 1000:1000 "$work/cache-as-user" || exit 1
    BIN=$work WORK=$work/cache-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/cache-tests.sh" || status=1
    mkdir "$work/start-as-user" && chown 1000:1000 "$work/start-as-user" || exit 1
    BIN=$work WORK=$work/start-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/start-tests.sh" || status=1
    mkdir "$work/terminal-as-user" && chown 1000:1000 "$work/terminal-as-user" || exit 1
    BIN=$work WORK=$work/terminal-as-user setpriv --reuid=1000 --regid=1000 --clear-groups \
        sh "$work/terminal-tests.sh" || status=1
else
    echo "# skipped: the same as an ordinary user (needs root and setpriv)"
fi
exit $status
