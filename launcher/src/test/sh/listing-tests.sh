#!/bin/sh
# What the launcher lists by itself: the sandboxes that run, and the plans that are kept. There is no Java here.
# BIN has the programs, WORK is an empty directory of our own.
set -u
. "$BIN/tap.sh"

mkdir -p dist/bin dist/lib jdk/bin run
chmod 700 run
cp "$BIN/hexe-policy" dist/bin/ && : >dist/lib/hexe-policy.jar
L=$WORK/dist/bin/hexe-policy
export HEXE_JAVA_HOME="$WORK/jdk" XDG_RUNTIME_DIR="$WORK/run"
printf '#!/bin/sh\necho java >&2\nexit 3\n' >jdk/bin/java
chmod 755 jdk/bin/java
unset COLUMNS NO_COLOR

call() { # ARGUMENTS…: leaves out, err and $code
    "$L" "$@" >out 2>err </dev/null
    code=$?
}
is() { [ "$code" = "$1" ]; ok $? "$2"; }
row() { grep "^$box " out; }
start() { # PLAN COMMAND…: leaves the sandbox's id in $box when the command has said something
    rm -f started
    "$L" run "$@" >started 2>&1 </dev/null & box=$!
    eventually test -s started || echo "# it did not start: $(cat started)"
}
stop() {
    kill -9 "$box" 2>/dev/null
    wait "$box" 2>/dev/null
}

# --- sandboxes that run --------------------------------------------------------------------------------------------

call ps; is 0 "\`ps\` without a sandbox succeeds"
[ "$(cat out)" = 'no sandbox of yours runs' ]; ok $? "and says that there is none"
call ps --json
[ "$(cat out)" = '{
  "format": 1,
  "sandboxes": []
}' ]; ok $? "as JSON it is an empty list"

printf 'note profile "a\\tname"\ntime-limit 60000 1000\nspawn 0 0\n' | plan flat
start flat -- sh -c 'echo; sleep 60; :' one "two
lines" "$(printf '\033[31mred\342\200\256')"
# A line has 100 columns at most: enough for this command beside two numbers of seven digits, the largest there are.
call ps; is 0 "\`ps\` with a sandbox succeeds"
[ "$(wc -l <out)" = 2 ]; ok $? "it has a line of its own, whatever is in its command"
row | grep -q 'sh -c echo; sleep 60; : one two lines'; ok $? "with the command"
! grep -q "$(printf '\033\|\342\200\256')" out; ok $? "nothing in it moves the cursor"
[ "$(row | awk '{print $2}')" = "$(cut -d' ' -f1 "/proc/$box/task/$box/children")" ]; ok $? "with the process that the supervisor started"
# The last column keeps 24 characters, whatever the numbers before it take.
COLUMNS=60 "$L" ps >out 2>err </dev/null
[ "$(awk '{ if (length($0) > 80) n++ } END { print n + 0 }' out)" = 0 ] && [ "$(wc -l <out)" -gt 2 ]; ok $? "what is too long for the terminal wraps"
call ps --json
grep -q "\"id\": \"$box\"" out && grep -q "\"supervisor\": $box" out; ok $? "it is in the JSON"
grep -q '"two\\u000alines"' out; ok $? "in which each word is as it was"
grep -q '"enterable": false' out; ok $? "without a first process it cannot be entered"
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    chmod 755 "$WORK" && setpriv --reuid 4321 --regid 4321 --clear-groups "$L" ps >out 2>err </dev/null
    [ "$(cat out)" = 'no sandbox of yours runs' ]; ok $? "another user does not see it"
fi
env -i "$L" ps >/dev/full 2>err; code=$?; is 125 "output that is lost is a failure"
grep -q 'cannot write the output: no space left' err; ok $? "and said"
stop
sh -c 'exec -a hexe-policy sleep 60 -- x' 2>/dev/null & box=$!
sleep 0.1
call ps; ! row >/dev/null; ok $? "a process that is called like the launcher is none"
stop
for words in '--help' '--json --json' 'x' '--jso'; do
    # shellcheck disable=SC2086  # words
    call ps $words; [ "$code" = 3 ] && [ "$(cat err)" = java ]; ok $? "\`ps $words\` is left to Java"
done

# --- plans that are kept -------------------------------------------------------------------------------------------

call cache; is 0 "\`cache\` of nothing succeeds"
[ "$(cat out)" = "plans are kept in $WORK/run/hexe-policy" ]; ok $? "and says where plans are kept"
printf 'note cache-key "boot x\\nargument apply\\nargument sandbox\\n"\n' | plan run/hexe-policy/1.plan
echo text >run/hexe-policy/2.plan
mkfifo run/hexe-policy/3.plan
call cache list; is 0 "plans are listed"
grep -qx '  1.plan  apply sandbox' out; ok $? "with the command line that had each compiled"
grep -qx '  2.plan  not a plan' out && grep -qx '  3.plan  not a plan' out; ok $? "what is no plan is said to be none, and not waited for"
mkdir -p run/hexe-policy/4/x
call cache clear; is 125 "what cannot be removed is a failure"
grep -q "cannot remove \`$WORK/run/hexe-policy/4\`" err; ok $? "and named"
rmdir run/hexe-policy/4/x
call cache clear; is 0 "all are removed"
[ -z "$(ls -A run/hexe-policy)" ]; ok $? "none is left"
chmod 755 run/hexe-policy
call cache list; is 125 "a directory that others can look into is none to keep plans in"
grep -q 'no plans are kept: the mode' err; ok $? "and it is said why"
call cache clear x; [ "$code" = 3 ]; ok $? "other arguments are left to Java"

echo "1..$count"
[ "$failed" = 0 ] || echo "# $failed of $count failed ($who)"
[ "$failed" = 0 ]
