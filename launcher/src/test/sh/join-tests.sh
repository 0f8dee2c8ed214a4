#!/bin/sh
# Running other commands in a sandbox that runs, and the attempts of those in it to profit from that.
# BIN has the programs, WORK is an empty directory of our own.
set -u
. "$BIN/tap.sh"

enter() { # COMMAND…: leaves out, err and $code
    "$L" enter "$box" -- "$@" >out 2>err </dev/null
    code=$?
}
is() { [ "$code" = "$1" ]; ok $? "$2"; }
says() { grep -q -- "$1" err; ok $? "$2"; }
start() { # PLAN COMMAND…: leaves the sandbox's id in $box when the command has said something
    rm -f started
    "$L" run "$@" >started 2>&1 </dev/null & box=$!
    eventually test -s started || echo "# it did not start: $(cat started)"
}
stop() {
    kill -9 "$box" 2>/dev/null
    wait "$box" 2>/dev/null
}
refused() { # DESCRIPTION: nothing may have run
    [ "$code" = 125 ] && [ ! -e ran ]; ok $? "$1 is refused"
}
look='for n in cgroup ipc mnt net pid user uts; do readlink /proc/self/ns/$n; done
grep -E "^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp)" /proc/self/status; cat /proc/self/cgroup /proc/self/limits; umask; pwd
cat /proc/self/environ | tr "\0" "\n" | grep -v "^_=" | sort'

all='CLONE_NEWUSER|CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWIPC|CLONE_NEWUTS|CLONE_NEWNET|CLONE_NEWCGROUP'
box_plan() { # ACTIONS: a sandbox in the tree as it is
    cat <<END
private-directory $WORK p- 0700 PRIVATE
spawn $all 0
id-map UID UID GID GID
propagation MS_SLAVE
root-host
proc /proc 14 0
rlimit RLIMIT_NOFILE 64 64
drop-capabilities 0 0
no-new-privileges
setenv IN sandbox
unsetenv OUTSIDE
chdir / ""
new-session
close-descriptors 3
landlock-ruleset 0x1fff 0 0
landlock-path / 0x0d 0
landlock-path $WORK 0x1fff 0
landlock-path /dev 0x1fff 0
landlock-path /proc 0x1fff 0
landlock-restrict 0
seccomp-filter 060000000000ff7f 0
$1
init
END
}
if ! box_plan '' | grep -v private-directory | "$BIN/planasm" | "$L" --probe 2>/dev/null | grep -q '^ok'; then
    skip "joining: no namespaces, or no Landlock"
    echo "1..$count"
    exit 0
fi
box_plan '' | plan box
OUTSIDE=secret; export OUTSIDE

# --- alike ---------------------------------------------------------------------------------------------------------

start box -- sh -c "($look) >as-command; echo started; exec sleep 100"
(umask 077; cd "$WORK" && OTHER=1 exec "$L" enter "$box" -- sh -c "$look") >as-entered 2>err 7</etc/passwd </dev/null
cmp -s as-command as-entered && [ -s as-entered ]; ok $? "a command that enters has all the command has, and no more"
diff as-command as-entered | sed 's/^/#   /' | head
! grep -q 'secret\|OTHER' as-entered; ok $? "nothing of the caller's environment"
grep -q '^PRIVATE=' as-entered; ok $? "but that of the sandbox"
"$L" enter "$box" -- sh -c 'ls -l /proc/self/fd' 5</ 6<. 7</etc/passwd </dev/null >out 2>err
[ "$(grep -c ' -> ' out)" = 4 ] && ! grep -q 'passwd\|socket\|pipe' out; ok $? "and no descriptor but its streams"
enter sh -c 'readlink /proc/self/cwd; echo x >/etc/hexe-test'; [ "$code" != 0 ] && grep -qx "$(sed -n 's/^PWD=//p' as-command | head -1)\|.*" out && [ ! -e /etc/hexe-test ]
ok $? "what the sandbox forbids is forbidden"
crowded "$L" enter "$box" -- echo in >out 2>err </dev/null
is 0 "where too many descriptors are on their way, streams are handed over later"
head -c 300000 /dev/urandom >bytes
"$L" enter "$box" -- cat <bytes >copied 2>err; cmp -s bytes copied; ok $? "streams pass every byte"
enter sh -c 'echo to-err >&2'; says to-err "standard error is the caller's"

# --- how it ends ---------------------------------------------------------------------------------------------------

enter sh -c 'exit 42'; is 42 "the status is the command's"
enter sh -c 'kill -SEGV $$'; is 139 "also when a signal ended it"
enter no-such-command; is 127 "a command that is not there gives 127"
says 'not found in PATH' "and is told of"
enter /etc/passwd; is 126 "one that is no program 126"
"$L" enter "$box" -- sh -c 'trap "exit 9" TERM; echo ready; while :; do sleep 0.05; done' >out 2>err </dev/null & process=$!
while [ ! -s out ]; do sleep 0.02; done
kill "$process"; wait $process; code=$?; is 9 "signals are passed on"
enter sh -c 'sleep 0.4 & exit 3'; is 3 "what it leaves behind keeps nobody waiting"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do "$L" enter "$box" -- sh -c "exit $i" </dev/null >/dev/null 2>&1 || echo $? >>codes & pids="${pids-} $!"; done
for p in $pids; do wait "$p"; done
[ "$(sort -n codes | tr '\n' ' ')" = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 ' ]; ok $? "many enter at the same time"
"$L" enter "$box" -- sleep 100 >out 2>err </dev/null & process=$!
sleep 0.3
stop
wait $process; code=$?; is 137 "the end of the sandbox ends it"
says 'has ended' "and that is said"

# --- what cannot be entered ----------------------------------------------------------------------------------------

for box in 1 $$ 0 -1 999999999 99999999999 x '' ../self; do
    enter touch "$WORK/ran"; refused "the id \`$box\`"
done
says 'no sandbox' "the message says so"
printf 'time-limit 60000 1000\nspawn 0 0\n' | plan flat
start flat -- sh -c 'echo started; exec sleep 100'
enter touch "$WORK/ran"; refused "a sandbox without a first process"
says 'no first process' "the message says why"
stop
start box -- sh -c 'echo started; exec sleep 100'
"$L" enter "$box" -- cat </ >out 2>err; code=$?; is 125 "a directory as a stream is refused"
says 'lead out' "the message says why"
long=$(head -c 100000 /dev/zero | tr '\0' x)
enter echo "$long"; is 125 "a command that is too long is refused"
enter echo "$(head -c 90000 /dev/zero | tr '\0' x)"; [ "$code" = 0 ] && [ "$(wc -c <out)" = 90001 ]; ok $? "a long one is not cut"
stop

# --- posing as a sandbox -------------------------------------------------------------------------------------------

# The same plan in a sandbox: its supervisor runs this very program, has a mailbox, and our user id.
box_plan '' | grep -v 'landlock\|seccomp\|drop-cap\|init\|private' >outer.text
{ cat outer.text; echo init; } | plan outer
start outer -- "$L" run "$WORK/box" -- sh -c 'echo started; exec sleep 100'
inner=$(pgrep -f "run $WORK/box" | sort -n | tail -n +2 | tr '\n' ' ')
outer=$box
[ -n "$inner" ] || echo "# no inner sandbox: $(cat started)"
for box in $inner; do
    enter touch "$WORK/ran"; refused "a sandbox in a sandbox"
done
box=$outer
enter true; is 0 "the outer one is entered"
stop
if command -v setpriv >/dev/null; then
    rm -f started
    setpriv --no-new-privs "$L" run box -- sh -c 'echo started; exec sleep 100' >started 2>&1 </dev/null & box=$!
    while [ ! -s started ]; do sleep 0.05; done
    enter touch "$WORK/ran"; refused "a supervisor that bears the mark of a sandbox"
    stop
fi
start box -- sh -c 'echo started; exec sleep 100'
outside=$box
first=$(cut -d ' ' -f 1 "/proc/$outside/task/$outside/children")
box=$first
enter touch "$WORK/ran"; refused "the first process, which is inside,"
box=$outside

# --- from inside ---------------------------------------------------------------------------------------------------

enter sh -c 'i=0; while [ $i -lt 500 ]; do kill -URG 1; i=$((i + 1)); done; kill -URG $PPID'
enter echo alive; [ "$(cat out)" = alive ]; ok $? "calls that nobody made do nothing"
for descriptor in /proc/$outside/fd/*; do
    # A process of its own: a pipe that nobody reads any more ends who writes into it.
    case $(readlink "$descriptor") in pipe:*) (printf garbage >"$descriptor"; head -c 48 /dev/zero >"$descriptor") 2>/dev/null ;; esac
done
kill -URG "$outside"; sleep 0.1
enter echo alive; [ "$(cat out)" = alive ]; ok $? "nor do calls that make no sense"
printf 'no-new-privileges\nlandlock-ruleset 0x1fff 0 0\nlandlock-path / 0x1fff 0\nlandlock-restrict 0\n' | plan in-place
"$L" run in-place -- sh -c 'for d in /proc/'$outside'/fd/* /proc/'$outside'/fd; do
    if readlink "$d" 2>/dev/null || (echo x >"$d") 2>/dev/null; then echo reached "$d"; fi; done; true' >out 2>err
! grep -q reached out; ok $? "a sandbox in our own namespaces cannot reach the mailbox of another one"
"$L" run in-place -- "$L" enter "$outside" -- touch "$WORK/ran" >out 2>err; code=$?
refused "entering from such a sandbox"
stop

# Whatever appears inside is looked into at once, as long as it lives.
cat >watch <<'END'
#!/bin/sh
echo started
while :; do
    for process in /proc/[0-9]*; do
        [ "$process" = /proc/1 ] && continue
        exe=$(readlink "$process/exe") || continue
        case $exe in *hexe-policy*) echo "$process $exe" >>"$1"; ls -l "$process/fd" >>"$1" ;; esac
    done
done 2>/dev/null
END
chmod 755 watch
start box -- ./watch "$WORK/seen"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    enter true
    (enter sleep 0.02)
done
is 0 "commands enter while they are watched"
[ ! -e seen ]; ok $? "and none of them can be looked into before it is the command"
sed 's/^/#   /' seen 2>/dev/null | head -5
printf '#!/proc/self/exe\n' >again; chmod 755 again
enter "$WORK/again" run x -- true; [ "$code" != 0 ]; ok $? "a program that is the launcher again is not run"
sed 's/^/#   /' out err | head -3
[ ! -e seen ]; ok $? "and shows nothing of it"
stop
[ -z "$(ls -d p-* 2>/dev/null)" ] || rm -rf p-*

# --- at its limits -------------------------------------------------------------------------------------------------

box_plan '' | grep -v 'seccomp\|rlimit' | plan roomy
start roomy -- sh -c 'echo started; exec sleep 100'
i=0
while [ $i -lt 64 ]; do
    "$L" enter "$box" -- sleep 100 >/dev/null 2>&1 </dev/null &
    i=$((i + 1))
done
i=0
while [ $i -lt 100 ] && [ "$(pgrep -f 'enter '"$box"' -- sleep 100' | wc -l)" -lt 64 ]; do sleep 0.1; i=$((i + 1)); done
sleep 0.5
enter true; is 125 "a sandbox with too many of them starts no other"
says 'starts no other command' "the message says so"
[ -d "/proc/$box" ]; ok $? "and goes on"
stop
wait

# --- the caller's terminal -------------------------------------------------------------------------------------------

# What goes to the background inside keeps the terminal it was given, as a process that has stolen it would.
if command -v script >/dev/null; then
    start box -- sh -c 'echo started; exec sleep 100'
    cat >holds <<'END'
trap '' HUP; stty size >size; exec 7<&0
(sleep 2; if read -r x <&7; then echo "read $x"; else echo nothing; fi >found) 2>/dev/null &
exit 3
END
    cat >at-terminal.sh <<END
stty rows 31 cols 71
"$L" enter "$box" -- sh ./holds; echo "\$? \$(stty size)" >after
sleep 4
END
    (sleep 3; echo secret) | script -qec "sh ./at-terminal.sh" /dev/null >/dev/null 2>&1
    [ "$(cat size)" = "31 71" ]; ok $? "a command that enters has a terminal of the caller's size"
    [ "$(cat after)" = "3 31 71" ]; ok $? "and ends with its status"
    [ "$(cat found)" = nothing ]; ok $? "who keeps that terminal inside reads nothing at the caller's when it has ended"
    stop
else
    skip "the caller's terminal: script is not installed"
fi

echo "1..$count"
[ "$failed" = 0 ] || echo "# $failed of $count failed ($who)"
[ "$failed" = 0 ]
