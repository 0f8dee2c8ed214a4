#!/bin/sh
# A command with a terminal of its own, driven from the caller's. BIN has the programs, WORK is an empty directory of our
# own. Nothing here waits for time to pass: each step waits for what is to come of the one before.
set -u
. "$BIN/tap.sh"
export PS1='in> ' TERM=dumb ENV= LC_ALL=C L BIN

at() { # DESCRIPTION COMMAND…: with the script on standard input
    what=$1
    shift
    cat >script
    "$BIN/at-terminal" script "$@" >out 2>err
    ok $? "$what"
}
# A word that no other process has on its command line, for finding the ones we started.
mark() { mark=$((97000000 + $$ % 65536 * 10 + (turn = ${turn:-0} + 1))); }

top() {
    echo "bind /usr /usr MOUNT_ATTR_RDONLY 9"
    for top in bin sbin lib lib64; do
        [ -L /$top ] && echo "symlink $(readlink /$top) /$top"
        [ ! -L /$top ] && [ -d /$top ] && echo "bind /$top /$top 1 9"
    done
}
namespaces='CLONE_NEWUSER|CLONE_NEWPID|CLONE_NEWNS'
sandbox() { # with a time limit in milliseconds, or 0
    [ "$1" = 0 ] || echo "time-limit $1 1000"
    cat <<END
spawn $namespaces 0
id-map UID UID GID GID
propagation MS_SLAVE
root-tmpfs 0 0755
$(top)
bind $BIN /launcher MOUNT_ATTR_RDONLY 9
proc /proc 14 8
tmpfs /dev 65536 0755 10 8
bind /dev/null /dev/null 10 12
bind /dev/tty /dev/tty 10 12
devpts /dev/pts 10 8
bind $WORK $WORK 0 9
mount-attributes / MOUNT_ATTR_RDONLY 0
pivot-root
no-new-privileges
drop-capabilities 0 0
chdir / ""
terminal /dev/pts/ptmx
close-descriptors 3
END
}
if ! { sandbox 0 && echo init; } | plan own || ! "$L" run own -- true 2>err; then
    skip "terminals of a sandbox's own: no user namespaces here ($(head -1 err))"
    exit 0
fi
{ sandbox 0; } | plan first
{ sandbox 1500; echo init; } | plan limited
printf 'spawn 0 0\nterminal ""\nno-new-privileges\nclose-descriptors 3\ninit\n' | plan outside
printf 'spawn 0 0\nterminal ""\nrlimit 999 1 1\nclose-descriptors 3\ninit\n' | plan broken
head -c 600 own >none; chmod 600 none

# --- a shell inside ------------------------------------------------------------------------------------------------

printf 'see /dev/pts/\nend 7\nsame\n' >crowd-script
for plan in own outside; do
    at "a shell inside has a terminal, its size, jobs and keys ($plan)" "$L" run $plan -- bash --norc --noprofile -i <<'E2'
see in> 
raw
type tty\r
see /dev/pts/
see in> 
type stty size\r
see 24 80
see in> 
size 30 100
type stty size\r
see 30 100
see in> 
type stty -F /dev/tty size; echo d"on"e\r
see 30 100
see done
type echo be"gin"; cat\r
see begin
type here\r
see here
see here
type \x1a
see Stopped
see in> 
type jobs -s\r
see Stopped
see in> 
type fg\r
see fg
see cat
type again\r
see again
see again
type \x03
see in> 
type exit 7\r
end 7
same
never cannot set terminal
never job control
E2
done

for plan in own outside; do
    crowded "$BIN/at-terminal" crowd-script "$L" run $plan -- sh -c 'tty; exit 7' >out 2>err
    [ "$code" = 0 ]; ok $? "where too many descriptors are on their way, the terminal is handed over later ($plan)"
done

# --- every way out leaves the terminal as it was -------------------------------------------------------------------

out() { # DESCRIPTION STATUS PLAN COMMAND, with what is done meanwhile on standard input
    cat >meanwhile
    { echo raw; echo "see ready"; cat meanwhile; echo "end $2"; echo same; } >both
    at "the terminal is as before after $1" "$L" run "$3" -- sh -c "$4" <both
}
for plan in own outside first; do
    out "an exit in raw mode ($plan)" 3 $plan 'stty raw -echo; echo ready; read x; exit 3' <<'E2'
type go\n
E2
    mark; export MARK=$mark
    out "SIGKILL of the command ($plan)" 137 $plan "stty raw -echo; echo ready; exec sleep $mark" <<'E2'
until pkill -9 -f "^sleep $MARK"
E2
done
mark; export MARK=$mark
out "SIGTERM of the supervisor" 143 own "stty raw -echo; echo ready; exec sleep $mark" <<'E2'
until kill $PID
E2
out "SIGHUP of the supervisor" 129 own "stty raw -echo; echo ready; exec sleep $mark" <<'E2'
until kill -HUP $PID
E2
out "the time limit" 143 limited "stty raw -echo; echo ready; exec sleep $mark" <<'E2'
E2
out "Ctrl-C" 130 own 'echo ready; while :; do :; done' <<'E2'
type \x03
E2
out "Ctrl-backslash" 131 own 'ulimit -c 0; echo ready; while :; do :; done' <<'E2'
type \x1c
E2
at "the terminal is as before after a failure behind it" "$L" run broken -- true <<'E2'
end 125
same
see cannot set resource limit 999
E2
at "the terminal is as before after a refusal" "$L" run none -- true <<'E2'
end 125
same
E2
at "Ctrl-C reaches a command and not its caller" sh -c "trap : INT; $L run own -- sh -c 'trap \"echo got it\" INT; echo ready; while :; do sleep 0.1; done'" <<'E2'
see ready
type \x03
see got it
type \x03
see got it
type \x1c
end 131
E2
loop="for i in 1 2 3; do $L run own -- sh -c 'echo tu\"\"rn; while :; do sleep 0.1; done'; done; echo over" # what is typed is not what is seen
at "Ctrl-C ends a loop of a shell script" sh -c "$loop" <<'E2'
see turn
type \x03
end 130
never over
same
E2
at "and the loop typed at a shell with jobs" bash --norc --noprofile -i <<E2
see in> 
type $loop\r
see turn
type \x03
see in> 
type echo nothing left in \$((6 * 7))\r
see nothing left in 42
type exit\r
end 0
E2
at "a command that ends by itself after Ctrl-C ends no loop" sh -c "for i in 1 2; do $L run own -- sh -c 'trap \"echo caught; exit 3\" INT; echo turn; while :; do sleep 0.1; done'; done; echo status \$?" <<'E2'
see turn
type \x03
see caught
see turn
type \x03
see caught
see status 3
end 0
E2

# --- jobs of the shell outside -------------------------------------------------------------------------------------

shell='bash --norc --noprofile -i'
at "Ctrl-Z stops the whole job, and fg goes on with it" $shell <<'E2'
see in> 
type $L run own -- sh -c 'echo rea"dy"; read x; stty -echo; echo got=$x; read x; exit 4' | cat\r
see ready
type \x1a
see Stopped
see in> 
cooked
type jobs\r
see Stopped
see in> 
type fg\r
see read
raw
type one\r
see got=one
type \x1a
see Stopped
see in> 
type fg\r
raw
type two\r
see in> 
type exit 5\r
end 5
same
E2
# It may miss a change of the size until the next key, as outside.
vi=$(readlink -f "$(command -v vi)") && export vi && at "an editor is stopped, goes on, and ends" $shell <<'E2'
see in> 
type TERM=ansi $L run own -- $vi -u NONE file\r
raw
see ~
type ia word\e
see a word
type \x1a
see Stopped
see in> 
cooked
type fg\r
raw
see a word
size 40 120
type \x0c
see [39;1H
type :set lines?\r
see lines=40
type :wq\r
see in> 
type cat file; exit\r
see a word
end 0
same
E2
mark; export MARK=$mark
at "a job in the background runs until it reads" $shell <<'E2'
see in> 
type $L run own -- sh -c 'echo run"ning"; read x; echo got=$x' &\r
see running
until grep -qs "State:.*stopped" /proc/$(pgrep -P $PID hexe-policy)/status
type \r
see Stopped
see in> 
type fg\r
see read
raw
type hallo\r
see got=hallo
see in> 
cooked
type $L run own -- sleep $MARK\r
raw
until pgrep -f "^sleep $MARK" >/dev/null
type \x1a
see Stopped
see in> 
type bg\r
see in> 
until grep -q "State:.*sleeping" /proc/$(pgrep -f "^sleep $MARK")/status
type kill %1; wait %1; echo st"at"us=$?\r
see status=143
type exit\r
end 0
same
E2
at "a supervisor that was stopped itself has the terminal again" $shell <<'E2'
see in> 
type $L run own -- sh -c 'stty raw; echo rea"dy"; read x; echo got=$x'\r
see ready
raw
until pkill -STOP -P $PID hexe-policy
see Stopped
see in> 
cooked
type fg\r
see read
raw
type x\n
see got=x
see in> 
type exit\r
end 0
same
E2
at "in a pipeline the terminal is left to others until it is read" $shell <<'E2'
see in> 
type $L run own -- sh -c 'stty size </dev/tty >&2; echo rea"dy" >&2; until [ -e go ]; do sleep 0.05; done; read x; echo got=$x' | cat\r
see 24 80
see ready
cooked
until touch go
raw
type x\r
see got=x
see in> 
type echo from a pipe | $L run own -- sh -c 'read x; echo $x; read y </dev/tty; echo got=$y'\r
see from a pipe
raw
type y\r
see got=y
see in> 
cooked
type exit\r
end 0
E2

# --- what passes through -------------------------------------------------------------------------------------------

seq 1 60000 >numbers
at "no output is lost at the end" "$L" run own -- cat numbers <<'E2'
end 0
save saved
E2
tr -d '\r' <saved | cmp -s - numbers; ok $? "it is complete"
at "a large paste waits for a slow reader" "$L" run own -- sh -c 'stty -echo; echo ready; n=0; while read -r line; do echo "$line"; done >pasted; wc -l <pasted' <<'E2'
see ready
feed 3000
see 3000
end 0
E2
seq -f '%07g 123456789 123456789 123456789 1234567' 1 3000 | cmp -s - pasted; ok $? "nothing of it is lost"
head -c 3000000 /dev/urandom >bytes
at "what is no terminal is passed straight through" sh -c "$L run own -- sh -c 'cat; tty <&2 >&2' <bytes >copy" <<'E2'
see /dev/pts/0
end 0
E2
cmp -s bytes copy; ok $? "byte by byte"
"$L" run own -- sh -c 'cat; tty <&2; : </dev/tty' <bytes >copy 2>err; [ $? != 0 ]; ok $? "without any terminal, there is none inside"
tail -c +1 copy | head -c 3000000 | cmp -s - bytes; ok $? "and bytes pass all the same"

# --- what must not ---------------------------------------------------------------------------------------------------

at "keys pushed inside stay inside" $shell <<'E2'
see in> 
type $L run own -- /launcher/act push\r
see pushed
see in> 
type $L run outside -- $BIN/act push\r
see pushed
see in> 
type $L run own -- /launcher/act push | cat; $L run own -- /launcher/act push </dev/null 2>&1 | cat\r
see pushed
see pushed 0
see in> 
type echo "do"ne\r
see done
type exit\r
end 0
never in> echo PUSHED
E2
if [ "$(cat /proc/sys/dev/tty/legacy_tiocsti 2>/dev/null)" != 0 ]; then
    at "(without a terminal of its own they would not)" $shell <<'E2'
see in> 
type $BIN/act push\r
see pushed
see PUSHED
type \x03exit\r
E2
fi
mark; export MARK=$mark
for plan in own outside first; do
    at "who hangs up ends what is inside ($plan)" "$L" run $plan -- sh -c "echo ready; sleep $mark" <<E2
see ready
until pgrep -f "^sleep $MARK" >/dev/null
hangup
until ! pgrep -f "^sleep $MARK" >/dev/null
end $([ $plan = first ] && echo 137 || echo 129)
E2
done
at "even what does not care" "$L" run own -- sh -c "trap '' HUP; echo ready; exec sleep $mark" <<'E2'
see ready
until pgrep -f "^sleep $MARK" >/dev/null
hangup
until ! pgrep -f "^sleep $MARK" >/dev/null
end 137
E2
rm -f kept-on
at "but where the caller ignores it, as nohup does, the command goes on" sh -c "trap '' HUP; exec $L run own -- sh -c 'echo ready; sleep 6; : >kept-on; exit 3'" <<'E2'
see ready
hangup
until [ -e kept-on ]
end 3
E2
for plan in own outside first; do
    at "a supervisor that is killed leaves nothing ($plan)" "$L" run $plan -- sh -c "echo ready; exec sleep $mark" <<'E2'
see ready
until pgrep -f "^sleep $MARK" >/dev/null
until kill -9 $PID
until ! pgrep -f "^sleep $MARK" >/dev/null
end 137
E2
done

# --- a storm of signals ----------------------------------------------------------------------------------------------

storm="trap '' INT TERM HUP QUIT USR1 USR2; echo ready; cat numbers; until [ -e over ]; do sleep 0.05; done; echo ended"
export storm
rm -f over
at "thousands of signals while output flows end nothing" sh -c '$L run own -- sh -c "$storm"; echo status=$?' <<'E2'
see ready
until p=$(pgrep -P $PID hexe-policy) && i=0 && while [ $i -lt 1000 ]; do for s in INT TERM WINCH USR1 URG CHLD TSTP CONT; do kill -$s $p || exit; done; i=$((i + 1)); done && touch over
see ended
see status=0
save saved
end 0
same
E2
tr -d '\r' <saved | grep -x '[0-9][0-9]*' | cmp -s - numbers; ok $? "and all that was written is shown"
rm -f over
# The shell that is quick enough to see it stop takes the terminal back, and so gives it again.
at "thousands of stops and continuations do neither" $shell <<'E2'
see in> 
type $L run own -- sh -c "$storm"; while jobs %% >seen 2>&1; do fg >seen; done\r
see ready
until p=$(pgrep -P $PID hexe-policy) && i=0 && while [ $i -lt 1000 ]; do for s in TSTP CONT WINCH; do kill -$s $p || exit; done; i=$((i + 1)); done
until touch over; pkill -CONT -P $PID hexe-policy; sleep 0.1; ! pgrep -P $PID hexe-policy >/dev/null
see ended
type echo do"ne"; exit 3\r
see done
end 3
same
E2
rm -f over

# --- a terminal that nobody is at ------------------------------------------------------------------------------------

for descriptor in 0 1; do
    rm -f gone code refused
    at "(a terminal is hung up while a process ignores it)" sh -c "trap '' HUP; echo ready; until [ -e gone ]; do sleep 0.05; done; exec $((1 - descriptor))<>/dev/null; $L run own -- touch ran 2>refused; echo \$? >code" <<'E2'
see ready
hangup
until touch gone
end 0
E2
    [ "$(cat code)" = 125 ] && [ ! -e ran ]; ok $? "nothing runs with descriptor $descriptor on it"
    grep -q "descriptor $descriptor is a terminal that was hung up" refused; ok $? "and the message says so"
done
echo "1..$count"
echo "# $count checks, $failed failed ($who)"
[ $failed = 0 ]
