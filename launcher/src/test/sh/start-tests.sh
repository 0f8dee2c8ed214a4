#!/bin/sh
# How a command is started, and what becomes of its processes. BIN has the programs, WORK is an empty directory of our own.
set -u
. "$BIN/tap.sh"

run() { # PLAN COMMAND…: leaves out, err and $status
    plan_file=$1
    shift
    "$L" run "$plan_file" -- "$@" >out 2>err </dev/null
    status=$?
}
is() { [ "$status" = "$1" ]; ok $? "$2"; }
says() { grep -q -- "$1" err; ok $? "$2"; }
prints() { [ "$(cat out)" = "$1" ]; ok $? "$2"; }

# --- name, mask, nice value, directory -----------------------------------------------------------------------------

echo 'argv0 "-odd name"' | plan named
run named sh -c 'tr "\0" "|" </proc/$$/cmdline'; case $(cat out) in '-odd name|-c|'*) true ;; *) false ;; esac
ok $? "the command has the name the plan gives it"
run named no-such-command; is 127 "it is still looked for under its own"
printf 'attribute 1 027\nattribute 2 7\n' | plan attributes
[ "$(nice)" -gt 7 ] && wanted=$(nice) || wanted=7
run attributes sh -c 'umask; nice'; prints "0027
$wanted" "the mask and the nice value are the plan's"
nice -n 11 "$L" run attributes -- nice >out 2>err; prints "$(nice -n 11 nice)" "who is nicer stays so"
echo 'attribute 9 1' | plan unknown
run unknown true; is 125 "an attribute that is not known is refused"
mkdir place
printf 'enter-directory %s/place ""\n' "$WORK" | plan entering
run entering pwd; prints "$WORK/place" "the command starts in the plan's directory"
printf 'enter-directory %s/nowhere "make it"\n' "$WORK" | plan lost
run lost touch ran; is 125 "it does not start elsewhere"
says 'nowhere.*no such file' "the message names the directory"
says '^  help: make it' "and what to do"
[ ! -e ran ]; ok $? "nothing ran"
printf 'spawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\nroot-host\ntmpfs %s/place 0 0755 0 0\nenter-directory %s/place ""\n' "$WORK" "$WORK" | plan mounted
run mounted sh -c 'pwd; ls -A'; [ "$status" = 0 ] && prints "$WORK/place" "it enters what is mounted inside, without another chdir"

# --- variables that lead to what is not there -----------------------------------------------------------------------

printf 'mend-variables "TMUX BUS AGENT ABSTRACT" ""\nmend-variables RUN %s/place\n' "$WORK" | plan mending
TMUX=$WORK/no,1,0 BUS=unix:path=$WORK/place,guid=1 AGENT=$WORK/out ABSTRACT=unix:abstract=/no/such RUN=/no/such \
    "$L" run mending -- sh -c 'echo "${TMUX-unset} $BUS $AGENT $ABSTRACT $RUN"' >out 2>err
prints "unset unix:path=$WORK/place,guid=1 $WORK/out unix:abstract=/no/such $WORK/place" "variables that lead to nothing are mended, others stay"
mkdir temporary
printf 'temporary-directory "TMPDIR TMP TEMP" %s/place\n' "$WORK" | plan temporary-plan
TMPDIR=$WORK/temporary TMP=/no/such TEMP=$WORK/temporary-plan "$L" run temporary-plan -- sh -c 'echo "$TMPDIR $TMP $TEMP"' >out 2>err
prints "$WORK/temporary $WORK/place $WORK/place" "a temporary directory is one in which files can be made"
printf 'temporary-directory TMPDIR /no/such/either\n' | plan nowhere-plan
TMPDIR=/no/such "$L" run nowhere-plan -- sh -c 'echo "$TMPDIR"' >out 2>err
prints /no/such "where there is no better one it stays"

# --- processors ------------------------------------------------------------------------------------------------------

# The set-up takes place on one; nobody is to notice.
processors() { sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "$1"; }
cat >look <<'END'
for status; do sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "$status"; done | sort -u
nproc
END
kill_affinity() { # a filter that kills at sched_setaffinity
    case $(uname -m) in x86_64) number=cb ;; aarch64) number=7a ;; *) return 1 ;; esac
    echo "seccomp-filter 200000000000000015000001${number}0000000600000000000080060000000000ff7f 0"
}
echo no-new-privileges | plan in-place
first_process() { printf 'spawn CLONE_NEWUSER|CLONE_NEWPID|CLONE_NEWNS 0\nid-map UID UID GID GID\nroot-host\nproc /proc 14 0\nchdir %s ""\nno-new-privileges\n' "$WORK"; }
{ first_process; echo init; } | plan with-first
first=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*\([0-9]*\).*/\1/p' /proc/self/status)
for prefix in '' "taskset -c $first"; do
    wanted="$($prefix sh -c "sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status; nproc")"
    $prefix "$L" run in-place -- sh look /proc/self/status >out 2>err; prints "$wanted" "the command has the caller's processors ($prefix)"
    $prefix "$L" run with-first -- sh look /proc/self/status /proc/1/status >out 2>err; prints "$wanted" "the first process, too ($prefix)"
    mkfifo go
    $prefix "$L" run with-first -- sh -c 'echo >ready; cat go' >out 2>err &
    launcher=$!
    for _ in $(seq 600); do [ -e ready ] || sleep 0.1; done
    [ "$(processors /proc/$launcher/status)" = "$(echo "$wanted" | head -1)" ]; ok $? "and who supervises it ($prefix)"
    [ ! -e ready ] || echo >go
    wait $launcher; rm -f go ready
done
if kill_affinity >filter; then
    { echo no-new-privileges; cat filter; } | plan filtered
    run filtered taskset -c "$first" true; is 159 "a filter that kills who chooses a processor"
    run filtered "$L" run in-place -- echo in; prints in "the launcher runs under it"
    run filtered "$L" run with-first -- echo in; prints in "also where it supervises"
    { first_process; cat filter; echo init; } | plan own-filter
    run own-filter nproc; prints "$(nproc)" "and can install it"
else
    skip "filters: their numbers are known of x86_64 and aarch64"
fi

# --- limits and capabilities ----------------------------------------------------------------------------------------

printf 'command-limit 7 nofile 64\ncommand-limit 4 core 0\n' | plan limited
run limited sh -c 'echo $(ulimit -Sn) $(ulimit -Hn) $(ulimit -Hc)'; prints "64 64 0" "limits are the command's, soft and hard"
printf 'command-limit 7 nofile 100000\n' | plan more
(ulimit -n 99; "$L" run more -- sh -c 'ulimit -Hn') >out 2>err; prints 99 "a lower hard limit stays"
says 'nofile stays at 99' "which is said"
printf 'spawn CLONE_NEWUSER 0\nid-map 4321 UID 4321 GID\ndrop-capabilities 0x2400 0\nkeep-capabilities 0x2400\nno-new-privileges\n' | plan capable
run capable grep -E 'Cap(Prm|Eff|Amb|Bnd|Inh)' /proc/self/status
if [ "$status" = 125 ]; then skip "capabilities in a user namespace: none here"; else
    [ "$(grep -c 0000000000002400 out)" = 5 ]; ok $? "single capabilities are left to a user who is not root, and no others"
fi
printf 'keep-capabilities 0x2000\n' | plan incapable
if [ "$(id -u)" != 0 ]; then run incapable true; is 0 "one that nobody has is left out"; says 'capability 13 is not kept' "which is said"; fi

# --- who has started it ---------------------------------------------------------------------------------------------

for plan in alone behind; do
    { echo die-with-caller; [ $plan = alone ] || echo 'spawn 0 0'; } | plan $plan
    rm -f caller process
    (echo | cat; sh -c 'echo $$ >caller; "$0" run "$1" -- sh -c "echo \$\$ >process; exec sleep 97413" & wait' "$L" $plan) >/dev/null 2>&1 &
    until [ -s process ] 2>/dev/null; do sleep 0.02; done
    command=$(cat process)
    kill -0 "$command"; ok $? "the command runs ($plan)"
    kill -9 "$(cat caller)"
    tries=0
    while grep -q 'State:.[^Z]' /proc/$command/status 2>/dev/null && [ $((tries += 1)) -lt 500 ]; do sleep 0.02; done
    ! grep -q 'State:.[^Z]' /proc/$command/status 2>/dev/null; ok $? "and ends with who has started it ($plan)"
done

# --- streams and Landlock -------------------------------------------------------------------------------------------

mkdir -p walled
cat >wall <<E2
no-new-privileges
landlock-ruleset 0x7fff 0 0
landlock-path /usr 0xd 2
$(for top in /bin /lib /lib64; do [ -L $top ] || [ ! -d $top ] || echo "landlock-path $top 0xd 2"; done)
landlock-path /etc 0xc 2
landlock-path /proc 0xc 2
landlock-path /dev 0xc 2
E2
{ cat wall; echo 'landlock-restrict 0'; } | plan closed-streams
{ cat wall; echo 'landlock-streams 4 0x4002'; echo 'landlock-restrict 0'; } | plan open-streams
{ echo 'pass-descriptor 5'; cat wall; echo 'landlock-streams 4 0x4002'; echo 'landlock-restrict 0'; echo 'close-descriptors 3'; } | plan passed-streams
"$L" run closed-streams -- true 2>err
if [ $? = 125 ]; then skip "streams and Landlock: $(head -1 err)"; else
    echo old >log; echo in >input
    "$L" run closed-streams -- sh -c 'echo x >/dev/stderr' 2>log
    ! grep -q '^x$' log; ok $? "without the rule /dev/stderr cannot be opened"
    "$L" run open-streams -- sh -c 'echo x >/dev/stderr; cat /dev/stdin' 2>log <input >out
    [ "$(cat log)" = x ] && [ "$(cat out)" = in ]; ok $? "what the streams lead to can be opened again"
    "$L" run open-streams -- sh -c 'echo y >>/dev/stdin' <input >out 2>err
    [ "$(cat input)" = in ]; ok $? "for reading alone where it is open for reading alone"
    "$L" run open-streams -- sh -c 'cat /proc/self/fd/1' >secret 2>err
    ! grep -q . secret; ok $? "and for writing alone where it is for writing"
    "$L" run open-streams -- sh -c 'cat log beside; echo z >beside' >out 2>err </dev/null
    ! [ -e beside ]; ok $? "nothing beside it can be"
    "$L" run passed-streams -- sh -c 'cat /proc/self/fd/5' 5<input >out 2>err </dev/null; prints in "a passed descriptor is one of them"
    "$L" run open-streams -- sh -c 'ls /dev/stdin/ && cat /dev/stdin/input' <. >out 2>err
    ! grep -q '^in$' out; ok $? "a directory opens nothing below it"
    echo through | "$L" run open-streams -- sh -c 'cat /dev/stdin | tee /dev/stderr' 2>log | cat >out; prints through "pipes need no rule"
fi

# --- descriptors ---------------------------------------------------------------------------------------------------

"$BIN/planasm" >three <<'E2'
pass-descriptor 3
pass-descriptor 9
pass-descriptor 7
close-descriptors 3
E2
"$BIN/planasm" >inside <<'E2'
pass-descriptor 3
pass-descriptor 9
pass-descriptor 7
spawn CLONE_NEWUSER|CLONE_NEWPID 0
id-map UID UID GID GID
close-descriptors 3
init
E2
chmod 600 three inside
echo three >a; echo seven >b; echo nine >c; echo kept out >d
for plan in three inside; do
    "$L" run $plan -- sh -c 'cat <&3; cat <&7; cat <&9; for n in 4 5 6 8 10 11; do [ -e /proc/$$/fd/$n ] && echo $n; done; [ -e /proc/self/fd/3 ]' \
        >out 2>err 3<a 4<d 5<d 6<d 7<b 8<d 9<c 11<d
    [ "$(grep -v '^10$' out)" = 'three
seven
nine' ]; ok $? "descriptors that are passed on arrive, and no others ($plan)"
    (: <&3) 2>/dev/null
    "$L" run $plan -- true >out 2>err 3<a 9<c 7<&-; status=$?; is 125 "one that is not open is refused ($plan)"
    says 'descriptor 7' "the message names it"
done
"$L" run inside -- sh -c 'echo $(($(ls /proc/'"\$PPID"'/fd 2>/dev/null | wc -l)))' >out 2>err 3<a 7<b 9<c
printf 'spawn 0 0\nclose-descriptors 3\npass-descriptor 3\n' | plan late
run late true; is 125 "what is passed on must be known before the others are closed"

# --- process 1, and its absence ------------------------------------------------------------------------------------

namespaces='CLONE_NEWUSER|CLONE_NEWPID|CLONE_NEWNS'
tail='id-map UID UID GID GID
propagation MS_SLAVE
root-host
proc /proc 14 0
chdir / ""
close-descriptors 3'
{ echo "spawn $namespaces 0"; echo "$tail"; } | plan first
{ echo "spawn $namespaces 0"; echo "$tail"; echo init; } | plan second
run first true
if [ $status != 0 ]; then
    skip "process 1: no pid namespace here ($(head -1 err))"
else
    run first sh -c 'echo $$ $PPID'; prints '1 0' "a command can be process 1 itself"
    run second sh -c 'echo $$ $PPID'; prints '2 1' "or its child"
    run first sh -c 'exit 9'; is 9 "its status is its own"
    run first sh -c 'sleep 97314 & kill -TERM $!; wait $!; echo $?'; prints 143 "it waits for its own"
    rm -f out
    "$L" run first -- sh -c 'trap "exit 42" USR1; echo ready; while :; do sleep 0.05; done' >out 2>err & process=$!
    until [ -s out ] 2>/dev/null; do sleep 0.02; done
    kill -USR1 $process; wait $process; status=$?; is 42 "signals reach it"
    nap=97$$ orphan=98$$ # of this run alone: others run beside it
    for plan in first second; do
        rm -f out
        "$L" run $plan -- sh -c "setsid sleep $nap & setsid sh -c 'sleep $nap & sleep $nap' & echo ready; sleep $nap" >out 2>err & process=$!
        until [ "$(pgrep -fc "^sleep $nap")" = 4 ]; do sleep 0.02; done
        kill -9 $process; wait $process 2>/dev/null
        tries=0
        while pgrep -f "^sleep $nap" >/dev/null && [ $((tries += 1)) -lt 500 ]; do sleep 0.02; done
        ! pgrep -f "^sleep $nap" >/dev/null; ok $? "a supervisor that is killed leaves nothing running ($plan)"
        "$L" run $plan -- sh -c "setsid sleep $orphan & exit 3" >out 2>err; status=$?
        is 3 "a command that ends takes its orphans along ($plan)"
        ! pgrep -f "^sleep $orphan" >/dev/null; ok $? "at once ($plan)"
    done
fi

# --- a storm of signals --------------------------------------------------------------------------------------------

for plan in second spawned terminal; do
    case $plan in
    spawned) printf 'spawn 0 0\nclose-descriptors 3\n' | plan spawned ;;
    terminal) printf 'spawn 0 0\nterminal ""\nclose-descriptors 3\ninit\n' | plan terminal ;;
    second) run second true; [ $status = 0 ] || continue ;;
    esac
    rm -f usr1 usr2 out
    "$L" run $plan -- sh -c 'trap "echo >>usr1" USR1; trap "echo >>usr2" USR2; trap : ALRM HUP INT; trap "exit 77" TERM
        cd '"$WORK"'; echo ready; while :; do :; done' >out 2>err </dev/null & process=$!
    until [ -s out ] 2>/dev/null; do sleep 0.02; done
    round=0
    while [ $((round += 1)) -le 500 ]; do
        for signal in USR1 USR2 ALRM CONT HUP WINCH URG CHLD; do
            kill -$signal $process 2>/dev/null || break 2
        done
    done
    [ $round = 501 ]; ok $? "4000 signals of 8 kinds find a supervisor ($plan)"
    until { [ -s usr1 ] && [ -s usr2 ]; } || ! kill -0 $process 2>/dev/null; do sleep 0.02; done
    children=$(pgrep -P $process | wc -l)
    kill -TERM $process; wait $process; status=$?
    is 77 "and leave the last one and the status right ($plan)"
    [ "$children" = 1 ]; ok $? "and no child but the one ($plan)"
done
echo "1..$count"
[ $failed = 0 ] || echo "# $failed of $count failed ($who)"
[ $failed = 0 ]
