#!/bin/sh
# What the launcher tells programs, and what it waits for. BIN has the programs, WORK is an empty directory of our own.
set -u
. "$BIN/tap.sh"

run() { # PLAN COMMAND…: leaves out, err, status, info and $code
    plan_file=$1
    shift
    rm -f status info
    "$L" run "$plan_file" -- "$@" >out 2>err 3>status 4>info </dev/null
    code=$?
}
is() { [ "$code" = "$1" ]; ok $? "$2"; }
events() { [ "$(sed 's/^{"event":"\([a-z-]*\)".*/\1/' status | tr '\n' ' ')" = "$1 " ]; ok $? "$2"; }
tells() { grep -q -- "$1" status; ok $? "$2"; }
value() { grep -Eo "\"$1\": ?[0-9]*" "$2" | head -1 | cut -d : -f 2 | tr -d " "; }
namespace() { sed 's/.*"namespaces"//' status >namespaces && value "$1" namespaces; }
wait_for() { # FILE PATTERN
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
        grep -q -- "$2" "$1" 2>/dev/null && return 0
        sleep 0.1
    done
    return 1
}

facts='status-descriptor 3
status-facts "\"profile\":\"p\",\"decisions\":[]"
info-descriptor 4'
printf '%s\nwarn "a \\"gap\\""\nspawn 0 0\nclose-descriptors 3\n' "$facts" | plan plain
run plain sh -c 'exit 4'; is 4 "a command's status is passed on"
events 'setup-warnings started ready exited' "the events of a command that ran"
tells '^{"event":"setup-warnings","warnings":\["a \\"gap\\""\]}$' "the warnings are quoted as JSON has it"
tells '"profile":"p","decisions":\[\]}$' "what the plan tells of itself is passed on"
tells '"event":"exited","code":4' "the last line has the code"
run plain sh -c 'kill -TERM $$'; tells '"event":"exited","signal":"SIGTERM"' "or the signal"
run plain no-such-command; is 127 "a command that is not found"
events 'setup-warnings started failed' "a command that is not found never was ready and has no code"
tells '"failed","stage":"exec","status":127,"message":"command `no-such-command` not found' "it is told why"
run plain /etc/passwd; is 126 "a file that is no program"
events 'setup-warnings started failed' "it never was ready, either"
tells '"stage":"exec","status":126' "and is told apart"
printf '#!/no/such/interpreter\n' >script; chmod 755 script
run plain ./script; events 'setup-warnings started failed' "nor a script without its interpreter"
run plain "$(printf 'a\1\377"b\\')"; tells 'command `a\\u0001.*\\"b\\\\`\|command `a?.*\\"b\\\\`' "what is no text in a name cannot break the line"
printf '%s\nspawn 0 0\nno-new-privileges\nlandlock-ruleset 4 0 0\nlandlock-path %s/none 4 0\nlandlock-restrict 0\n' "$facts" "$WORK" | plan failing
run failing touch ran; is 125 "a set-up that fails"
events 'setup-warnings failed' "was never started"
tells '"stage":"set-up","status":125,"message":"cannot open `.*none`' "it is told why"
[ ! -s info ] && [ ! -e ran ]; ok $? "there is no information, and nothing ran"
printf '%s\ncgroup-create /nowhere x-\nspawn 0 0\n' "$facts" | plan early
run early true; events 'setup-warnings failed' "so it is with a set-up that fails outside"
"$L" run plain -- true 4>info >out 2>err; [ $? = 125 ]; ok $? "a descriptor that is not open gives 125"

if printf 'spawn CLONE_NEWUSER|CLONE_NEWPID|CLONE_NEWNS 0\nid-map UID UID GID GID\npropagation MS_SLAVE\nroot-host\nproc /proc 14 0\n' |
    "$BIN/planasm" | "$L" --probe 2>/dev/null | grep -q '^ok'; then
    spawn='spawn CLONE_NEWUSER|CLONE_NEWPID|CLONE_NEWNS 0
id-map UID UID GID GID
propagation MS_SLAVE
root-host
proc /proc 14 0
chdir / ""
close-descriptors 3
init'
    printf '%s\n%s\n' "$facts" "$spawn" | plan full
    run full sh -c 'stat -Lc "%n %i" /proc/self/ns/*; ls -l /proc/self/fd >&2'
    is 0 "a command in namespaces"
    events 'setup-warnings started ready exited' "tells the same"
    same=0
    for name in cgroup ipc mnt net pid user uts; do
        [ "$(namespace $name)" = "$(sed -n "s|/proc/self/ns/$name ||p" out)" ] || same=1
    done
    ok $same "the namespaces are those that the command is in"
    for name in mnt pid user; do
        [ "$(value $name-namespace info)" = "$(namespace $name)" ] || same=1
    done
    ok $same "so are those of the information"
    ! grep -q 'net-namespace\|uts-namespace' info; ok $? "which has those alone that are the sandbox's own"
    [ "$(value child-pid info)" = "$(value first_pid status)" ]; ok $? "and the process that holds them"
    ! grep -q 'pipe:\|socket:\|status$\|info$' err; ok $? "the command gets none of the descriptors"
    run full no-such-command; events 'setup-warnings started failed' "a command that is not found in a namespace"
    run full sh -c 'kill -9 $$'; tells '"signal":"SIGKILL"' "a signal in a namespace"
    rm -f out status
    "$L" run full -- sh -c 'echo here; exec sleep 30' >out 2>err 3>status 4>info & process=$!
    wait_for out here
    wait_for status ready; ok $? "that the command is ready is told while it runs"
    command=$(value pid status)
    [ "$(cat "/proc/$command/comm")" = sleep ] && [ "$(value supervisor status)" = $process ]
    ok $? "the process ids are those outside"
    kill -9 "$(value first_pid status)"; wait $process
    events 'setup-warnings started ready exited' "a first process that is killed ends a command that ran"

    # --- waiting ---
    printf '%s\nblock-descriptor 5\nsync-descriptor 6\n%s\n' "$facts" "$spawn" | plan waiting
    mkfifo go stay
    start() { # COMMAND…
        rm -f status info ran
        "$L" run waiting -- "$@" >out 2>err 3>status 4>info 5<>go 6<>stay & process=$!
        wait_for status started
    }
    start touch "$WORK/ran"
    wait_for info child-pid; ok $? "the information is there while the command waits"
    sleep 0.2
    [ ! -e ran ] && ! grep -q ready status; ok $? "the command waits, and is not ready"
    [ "$(cat "/proc/$(value pid status)/comm")" != touch ]; ok $? "its process has not executed it"
    echo >go; wait $process; [ -e ran ]; ok $? "one byte lets it run"
    start touch "$WORK/ran"
    kill $process; wait $process; [ $? = 143 ]; ok $? "a signal ends the wait"
    [ ! -e ran ]; ok $? "and nothing ran"
    events 'setup-warnings started failed' "no code is told then"
    tells '"stage":"block","status":143' "but the stage"
    start touch "$WORK/ran"
    kill -9 "$(value pid status)"; wait $process
    events 'setup-warnings started failed' "a process that is killed while it waits never was ready"
    rm -f ran status
    { sleep 0.3; } | "$L" run waiting -- touch "$WORK/ran" >out 2>err 3>status 4>info 5<&0 6<>stay
    [ -e ran ]; ok $? "the end of the file lets it run as well"
    rm -f status
    "$L" run waiting -- sh -c 'readlink /proc/[0-9]*/fd/* >&2; exec sleep 30' >out 2>err 3>status 4>info 5</dev/null 6>lock & process=$!
    wait_for status ready
    flock -n lock true; ok $? "nobody has locked the file yet"
    ! grep -q 'lock$' err; ok $? "no process inside shows the descriptor that tells of the sandbox's life"
    kill -9 $process; wait $process 2>/dev/null
    rm -f status
    ( exec 6>lock; flock -n 6 && "$L" run waiting -- sleep 30 >out 2>err 3>status 4>info 5</dev/null & echo $! >pid )
    wait_for status ready
    ! flock -n lock true; ok $? "a lock on that descriptor is held while the sandbox lives"
    kill -9 "$(value supervisor status)"
    for _ in 1 2 3 4 5 6 7 8 9 10; do flock -n lock true && break; sleep 0.1; done
    flock -n lock true; ok $? "and let go when it is gone, also when its supervisor was killed"
else
    skip "what is told of namespaces: none can be made"
fi

# --- in place, and files ---
printf 'block-descriptor 5\nclose-descriptors 3\n' | plan in-place
"$L" run in-place -- sh -c 'ls -l /proc/$$/fd' 5</dev/null >out 2>err; code=$?; is 0 "a command in place waits as well"
! grep -q ' 5 ->' out; ok $? "and does not get the descriptor"
echo 'sync-descriptor 2
spawn 0 0' | plan sync-standard
"$L" run sync-standard -- true 2>err; [ $? = 125 ]; ok $? "a standard descriptor cannot stay out of the command"
printf 'status-file %s/told\nspawn 0 0\n' "$WORK" | plan file
"$L" run file -- true 2>err; code=$?; is 0 "a status in a file"
[ "$(stat -c %a told)" = 600 ] && grep -q '"event":"exited","code":0' told; ok $? "the file is new, and ours alone"
"$L" run file -- touch ran2 2>err; code=$?; is 125 "a file that is there gives 125"
[ ! -e ran2 ] && grep -q 'status-fd' err; ok $? "nothing runs, and the message says what to do"
rm told; ln -s elsewhere told
"$L" run file -- true 2>err; code=$?; is 125 "so does a symlink"
[ ! -e elsewhere ]; ok $? "which is not followed"
mkdir below; printf 'status-file @cwd/here\nspawn 0 0\n' | plan relative
(cd below && "$L" run ../relative -- true) && [ -s below/here ]; ok $? "a relative name is taken from the working directory"
printf 'status-descriptor 3\nrefuse "the \\"profile\\" is wrong"\n' | plan refusal
run refusal touch ran3; is 125 "a plan that refuses"
events 'setup-warnings failed' "tells that it failed"
tells '"stage":"compile","status":125,"message":"the \\"profile\\" is wrong"' "with the compiler's words"
[ ! -e ran3 ] && [ ! -s err ]; ok $? "and nothing else"

echo "1..$count"
[ "$failed" = 0 ] || echo "# $failed of $count failed ($who)"
[ "$failed" = 0 ]
