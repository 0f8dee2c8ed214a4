#!/bin/sh
# What the acts that try a sandbox out say, in sandboxes made by hand. BIN has the programs, WORK is a directory of ours.
set -u
. "$BIN/tap.sh"

attempt() { # PLAN WORD…: leaves out, err and $status
    plan_file=$1
    shift
    printf '%s\0' "$@" >words
    "$L" run "$plan_file" --attempts words "$BIN/hexe-prover" >out 2>err </dev/null
    status=$?
}
answers() { # LINE-PATTERN DESCRIPTION
    grep -qx -- "$1" out
    ok $? "$2"
}

plan nothing </dev/null
attempt nothing stat /etc open-read /no/such/file ids
[ "$(head -n 1 out)" = ready ]; ok $? "before it tries anything it says that it is there"
answers '0 ok' "an act that succeeds says so"
answers '1 errno ENOENT' "an act that fails names the errno"
answers "2 ok $(id -u):$(id -g)" "an act that finds something out tells it"
[ "$status" = 0 ]; ok $? "acts that fail are no failure"

printf 'some text' >text; mkdir entries; : >entries/there; ln -s /no/such entries/not
attempt nothing content "$WORK/text" content "$WORK/entries" content /no/such \
    output '/bin/echo some text' output '/bin/sh -c false' output /no/such
answers '0 ok 9 bytes, [0-9a-f]\{8\}' "what a file holds is told by its length and a checksum"
answers '1 ok 3 of 4 entries' "of a directory it is told how many entries lead somewhere"
answers '2 errno ENOENT' "what is missing is an errno"
answers '3 ok 10 bytes, [0-9a-f]\{8\}' "what a program prints is told alike"
answers '4 ok status 1' "a program that fails tells its status"
answers '5 ok status 127' "one that is missing does, too"

attempt nothing fly;            [ "$status" = 125 ] && [ ! -s out ]; ok $? "an unknown act is refused before anything is done"
attempt nothing stat;           [ "$status" = 125 ] && [ ! -s out ]; ok $? "so is an act without its argument"
printf 'ids' >words
"$L" run nothing --attempts words "$BIN/hexe-prover" >out 2>err; [ $? = 125 ]; ok $? "so is a list that was cut short"

attempt nothing inherited-descriptors
answers '0 ok [1-9][0-9]*' "a descriptor that was left open is seen"
echo 'close-descriptors 3' | plan closing
attempt closing inherited-descriptors
answers '0 ok 0' "close-descriptors closes it, and spares the program that is executed"

attempt nothing no-new-privileges
answers '0 ok 0' "without no_new_privs the act finds none"
echo 'no-new-privileges' | plan nnp
attempt nnp no-new-privileges
answers '0 ok 1' "with it the act finds it"

echo 'no-new-privileges
landlock-ruleset 4 0 0
landlock-path / 4 0
landlock-restrict 0' | plan landlock
attempt landlock open-read /etc/passwd
answers '0 ok' "an act runs under Landlock, which knows no file of the launcher's copy"

echo 'no-new-privileges
landlock-ruleset 1 0 0
landlock-restrict 0' | plan execute-nothing
attempt execute-nothing execute /bin/true
answers '0 errno EACCES' "where nothing may be executed the copy is, and other programs are not"

attempt nothing push-key
grep -Eqx '0 (ok|errno EIO|unable ENOTTY)' out; ok $? "a key is pushed into our own terminal alone"

attempt nothing create-file "$WORK/new"
answers '0 ok' "a file can be made"
[ ! -e "$WORK/new" ]; ok $? "and is removed again"

echo 'rlimit 1 1048576 1048576' | plan small-files
attempt small-files fill "$WORK" 4194304
grep -Eqx '0 (errno EFBIG|signal SIGXFSZ)' out; ok $? "what ends an act is told"

attempt nothing call 39 call-of-x32
answers '0 ok' "a call is made by its number"

attempt nothing processors
allowed=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status)
first=${allowed%%[-,]*}
answers "0 ok $first[0-9,]*" "processors that may be used are told"
attempt nothing run-on "$first" run-on 8191
answers '0 ok' "a processor that may be used can be chosen"
answers '1 errno EINVAL' "one that is not there cannot"

printf 'time-limit 1500 300\nspawn 0 0\n' | plan short
attempt short outlive 8000
[ "$(cat out)" = ready ] && [ "$status" = 143 ]; ok $? "who outlives a time limit does not get to say so: $status"

attempt nothing write-direct "$WORK" 4096 8 read-direct "$WORK" 4096 8 write-direct "$WORK" 100 1
grep -Eqx '0 (ok [0-9]+|unable EINVAL)' out && grep -Eqx '1 (ok [0-9]+|unable EINVAL)' out
ok $? "the time of a transfer past the page cache is told"
answers '2 unable EINVAL' "odd blocks cannot be tried"

mkfifo hold
"$BIN/hexe-prover" --bystander "$WORK/socket" <hold >things 2>err &
exec 9>hold
eventually grep -q '^ready' things
process=$(sed -n 's/^process //p' things)
attempt nothing see-process "$process" signal-process "$process" connect-unix "$WORK/socket" \
    connect-abstract "$(sed -n 's/^abstract //p' things)" limit-process "$process" slow-process-down "$process" \
    move-process "$process"
for line in 0 1 2 3 4 5 6; do
    answers "$line ok" "without a sandbox the bystander's thing number $line is within reach"
done
key=$(sed -n 's/^key //p' things)
if [ -n "$key" ]; then
    attempt nothing find-key "$key"
    answers "0 ok" "and so is its key"
fi
terminal=$(sed -n 's/^terminal //p' things)
if [ -e "${terminal:-/nowhere}" ]; then
    attempt nothing open-write "$terminal"
    answers "0 ok" "and its terminal"
fi
exec 9>&-
wait
[ ! -e "$WORK/socket" ] && ! kill -0 "$process" 2>/dev/null; ok $? "the bystander cleans up"

echo "1..$count"
[ "$failed" = 0 ] || echo "# $failed of $count failed ($who)"
[ "$failed" = 0 ]
