#!/bin/sh
# What the launcher promises about limits and what it tells at the end; here without controllers, which a guest has (see
# docs/limits.md). BIN has the programs, WORK is an empty directory of our own.
set -u
. "$BIN/tap.sh"

run() { # PLAN COMMAND…: leaves out, err, status and $code
    plan_file=$1
    shift
    "$L" run "$plan_file" -- "$@" >out 2>err 3>status </dev/null
    code=$?
}
is() { [ "$code" = "$1" ]; ok $? "$2"; }
says() { grep -q -- "$1" err; ok $? "$2"; }
tells() { grep -q -- "$1" status; ok $? "$2"; }
refused() { # DESCRIPTION MESSAGE PLAN: nothing may have run
    rm -f ran
    run "$3" touch ran
    [ "$code" = 125 ] && [ ! -e ran ]; ok $? "$1 gives 125, and nothing runs"
    says "$2" "$1: the message says why"
}

# --- time ----------------------------------------------------------------------------------------------------------

texts='limit-text 3 "time limit 200ms reached"
limit-text 4 "by @signal"
usage "all: @memory M" "one: @memoryM, cpu @cpus (@throttleds), @processes, @walls"
status-descriptor 3'
printf 'time-limit 200 300\n%s\nspawn 0 0\n' "$texts" | plan time
run time sleep 30;                      is 143 "a command is ended at its time limit"
[ "$(head -n 1 err)" = 'hexe-policy: killed: time limit 200ms reached' ]; ok $? "one line says so"
tells '^{"event":"exited","signal":"SIGTERM","cause":"time-limit",' "so does the status"
run time sh -c 'trap "exit 7" TERM; while :; do sleep 0.05; done'
is 7 "a command may end by itself when it is told to"
says 'ended: time limit 200ms reached$' "the line says that it did"
tells '"code":7,"cause":"time-limit"' "and the status that the limit was the cause"
run time sh -c 'trap "" TERM; (trap "" TERM; sleep 4713.1; sleep 1) & while :; do sleep 0.05; done'
is 137 "one that does not want to end is killed"
says 'killed: time limit 200ms reached; it did not end on SIGTERM' "the line says so"
gone 'sleep 4713[.]1';                  ok $? "its children end with it, without a cgroup and a pid namespace"
run time sh -c 'sleep 4713.2 & sleep 4713.3 & sleep 30'
is 143 "children of a command that ends on SIGTERM"
gone 'sleep 4713[.]';                   ok $? "end with it as well"
run time sh -c 'setsid sh -c "sleep 4713.4 & sleep 4713.5" & sleep 30'
gone 'sleep 4713[.]';                   ok $? "even those in sessions of their own"
run time sh -c 'i=0; while [ $i -lt 300 ]; do sleep 4713.6 & i=$((i + 1)); done; wait'
gone 'sleep 4713[.]';                   ok $? "and many of them"

# --- what happened -------------------------------------------------------------------------------------------------

run time sh -c 'exit 3';                is 3 "a command's own status is passed on"
tells '"code":3,"cause":"exited"' "the status says that it exited"
[ "$(wc -l <err)" = 1 ];                ok $? "nothing is said of limits that were not reached"
says '^hexe-policy: one: [0-9.]*M, cpu [0-9]*[.][0-9][0-9][0-9]s (?s), ?, [0-9]*[.][0-9][0-9][0-9]s$' "what is not known is a question mark"
tells '"usage":{"source":"wait4","memory_peak_bytes":[0-9]*,"cpu_us":[0-9]*,"wall_us":[0-9]*}}$' "and is left out of the status"
[ "$(grep -c exited status)" = 1 ];       ok $? "the end is told in one line"
run time sh -c 'kill -SEGV $$';         is 139 "a signal is passed on"
says 'killed: by SIGSEGV' "the line names it"
tells '"signal":"SIGSEGV","cause":"signal"' "so does the status"
"$L" run time -- sh -c 'echo ready; exec sleep 30' >out 2>err 3>status & process=$!
while [ ! -s out ]; do sleep 0.02; done
kill -USR1 $process; wait $process
! grep -q killed err;                   ok $? "what the caller sends is not told as news"
run time sh -c 'readlink /proc/$$/fd/3'
! grep -q status out;                   ok $? "the command does not get the descriptor"
"$L" run time -- true 3>&- >out 2>err; code=$?
is 125 "a descriptor that is not open gives 125"
says 'descriptor 3 for the status is not open' "the message says so"
printf 'limit-text 9 x\nspawn 0 0\n' | plan no-limit
refused "a text for a limit there is not" 'no limit 9' no-limit
echo 'usage a b' | plan reports
refused "a report without a supervisor" 'spawn' reports

printf '%s\nspawn CLONE_NEWUSER|CLONE_NEWPID 0\nid-map UID UID GID GID\nclose-descriptors 3\ninit\n' "$texts" | plan init
if "$L" --probe <init 2>/dev/null 3>/dev/null | grep -q '^ok'; then
    run init sh -c 'exit 137';          is 137 "a status above 128 is passed on by the first process"
    tells '"code":137,"cause":"exited"' "and is not taken for a signal"
    run init sh -c 'kill -9 $$';        is 137 "a signal inside a pid namespace is passed on"
    tells '"signal":"SIGKILL","cause":"signal"' "and is not taken for a status"
    run init sh -c 'ls -l /proc/self/fd'
    ! grep -q 'pipe:\|socket:' out;     ok $? "the command has no end of what is between the two"
else
    skip "what the first process tells: no user namespaces"
fi

printf 'time-limit 60000 1000\nspawn 0 0\n' | plan bounded
run bounded sh -c 'setsid sleep 4731.7 >/dev/null 2>&1 & until pgrep -f "sleep 4731[.]7" >/dev/null; do :; done; exit 3'
is 3 "a command ends, and what it left in the background is in no pid namespace"
! pgrep -f 'sleep 4731[.]7' >/dev/null; ok $? "with a limit on time that ends as well"

# --- rlimits -------------------------------------------------------------------------------------------------------

printf 'spawn CLONE_NEWUSER 0\nid-map UID UID GID GID\nrlimit 6 2 2\nprocess-limit-query\n' | "$BIN/planasm" >probe
"$L" --probe <probe >out 2>err
if [ "$(id -u)" = 0 ]; then
    grep -q '^fail 3 process-limit-query ERANGE' out; ok $? "a limit on processes does not hold for root"
else
    grep -q '^ok 1\|^fail 0 spawn' out; ok $? "a limit on processes holds in a user namespace, where there are any"
fi
printf 'rlimit 6 4194304 4194304\nprocess-limit-query\n' | "$BIN/planasm" | "$L" --probe >out 2>err
grep -q 'ERANGE' out || grep -q EPERM out; ok $? "one that does not bind is none"
printf 'rlimit 6 1 1\nprocess-limit-query\n' | "$BIN/planasm" | "$L" --probe >out 2>err
[ "$(id -u)" = 0 ] || grep -q '^fail 1 process-limit-query EAGAIN' out; ok $? "one that counts processes elsewhere is none"

# --- cgroups -------------------------------------------------------------------------------------------------------

echo 'cgroup-create @scope hexe-' | plan no-scope
refused "a cgroup in a scope there is not" 'there is no scope' no-scope
printf 'cgroup-create @elsewhere hexe-\nspawn 0 1\n' | plan elsewhere
refused "a cgroup that is neither a path nor a scope" '@scope' elsewhere
printf 'scope-create /nowhere/socket /sys/fs/cgroup hexe-\ncgroup-create @scope hexe-\nspawn 0 1\n' | plan nowhere
refused "a manager that is not there" 'cannot connect to systemd at `/nowhere/socket`' nowhere
for mode in forbids fails denies garbage short hangup; do
    : >asked
    "$BIN/fake-manager" "$WORK/socket" $mode >>asked & manager=$!
    while [ ! -s asked ]; do sleep 0.02; done
    printf 'scope-create %s/socket /sys/fs/cgroup hexe-\ncgroup-create @scope hexe-\nspawn 0 1\n' "$WORK" | plan manager
    refused "a manager that answers badly ($mode)" 'systemd' manager
    wait $manager
done

mount=$(awk '$9 == "cgroup2" || $10 == "cgroup2" || $8 == "cgroup2" {print $5}' /proc/self/mountinfo | head -1)
top=$mount/hexe-limits-test-$$
if [ -n "$mount" ] && mkdir "$top" 2>/dev/null; then
    below() { find "$top" -mindepth 1 -type d; }
    printf 'cgroup-create %s hexe-\nspawn 0 1\n' "$top" | plan cgroup
    inside='cd '$mount'$(sed -n s/^0:://p /proc/self/cgroup)'
    run cgroup sh -c "$inside"' && mkdir -p a/b/c && echo $$ >a/b/c/cgroup.procs && sleep 4714.1 & sleep 0.3'
    gone 'sleep 4714[.]1' && [ -z "$(below)" ]; ok $? "cgroups that the command made are removed, with what is in them"
    run cgroup sh -c "$inside"' && i=0 && while [ $i -lt 150 ]; do mkdir d && cd d && i=$((i + 1)); done'
    [ -z "$(below)" ]; ok $? "however deep they are"
    run cgroup sh -c "$inside"' && mkdir -p a/b && chmod 0 a/b a'
    [ -z "$(below)" ]; ok $? "and whatever their mode"
    stale=$top/hexe-999999999-0123456789abcdef
    mkdir -p "$stale/below" "$top/hexe-other" "$top/hexe-1-short"
    sleep 4714.2 & echo $! >"$stale/below/cgroup.procs"
    run cgroup true
    gone 'sleep 4714[.]2' && [ ! -e "$stale" ]; ok $? "a stale cgroup is collected, with its processes"
    [ -e "$top/hexe-other" ] && [ -e "$top/hexe-1-short" ]; ok $? "one that only looks like it is not"
    mkdir "$stale"
    flock "$stale" true && ( flock 9; "$L" run cgroup -- true ) 9<"$stale"
    [ -e "$stale" ]; ok $? "one whose launcher lives is not, whatever its process id"
    rmdir "$stale" "$top/hexe-other" "$top/hexe-1-short"
    "$L" run cgroup -- sleep 4714.3 & process=$!
    sleep 0.3; "$L" run cgroup -- true
    pgrep -f 'sleep 4714[.]3' >/dev/null; ok $? "one sandbox does not collect another one's"
    kill $process; wait $process
    printf 'cgroup-create %s hexe-\nspawn CLONE_NEWUSER|CLONE_NEWCGROUP 1\nid-map UID UID GID GID\n' "$top" | plan view
    run view sed -n 's/^0:://p' /proc/self/cgroup
    [ "$(cat out)" = / ]; ok $? "the view of control groups is the sandbox's own"
    "$BIN/without" clone3 "$L" run view -- sed -n 's/^0:://p' /proc/self/cgroup >out 2>err
    [ "$(cat out)" = / ]; ok $? "without clone3, too"
    : >asked
    "$BIN/fake-manager" "$WORK/socket" moves "$top" >>asked & manager=$!
    while [ ! -s asked ]; do sleep 0.02; done
    mkdir -p "$top/hexe-999999999-0123456789abcdef.scope/supervisor" "$top/hexe-999999999-fedcba9876543210.scope"
    printf 'scope-create %s/socket %s hexe-\ncgroup-create @scope hexe-\nspawn 0 1\n' "$WORK" "$mount" | plan scope
    run scope sed -n 's/^0:://p' /proc/self/cgroup; is 0 "a command runs in a scope"
    wait $manager
    grep -q "^${top#"$mount"}/hexe-[0-9]*-[0-9a-f]*[.]scope/hexe-" out; ok $? "in a cgroup of its own there"
    [ ! -e "$top/hexe-999999999-0123456789abcdef.scope" ]; ok $? "a stale scope is collected"
    [ -e "$top/hexe-999999999-fedcba9876543210.scope" ]; ok $? "one that is only being made is not"
    find "$top" -depth -type d -exec rmdir {} +
else
    skip "cgroups: no cgroup v2 directory that may be changed"
fi

echo "# $count checks, $failed failed ($who)"
[ $failed = 0 ]
