#!/bin/sh
# The id of a child is nobody else's while its ids are mapped, though somebody kills it and its parent was told to ignore
# SIGCHLD, in which case the kernel forgets it at once: maps would be written for whatever process has the number next.
set -u
. "$BIN/tap.sh"

ignoring='env --ignore-signal=CHLD'
if ! $ignoring true 2>/dev/null || ! unshare --user true 2>/dev/null; then
    skip "an id that is used again (needs user namespaces, and env --ignore-signal)"
    echo "1..$count"
    exit 0
fi

# In the place of newuidmap(1): kills the child, and remembers what is left of it.
cat >helper <<END
#!/bin/sh
echo "\$1" >$WORK/child
kill -KILL "\$1" || exit 1
for try in \$(seq 600); do
    sed 's/.*) //; s/ .*//' "/proc/\$1/stat" >$WORK/state 2>/dev/null
    grep -q Z $WORK/state && exit 0
    sleep 0.1
done
exit 1
END
chmod 755 helper
printf 'spawn CLONE_NEWUSER|CLONE_NEWPID 0\nid-maps "0 %s 1" "0 %s 1" %s /bin/true 0\nclose-descriptors 3\ninit\n' \
    "$(id -u)" "$(id -g)" "$WORK/helper" | plan killed
$ignoring "$L" run killed -- touch "$WORK/ran" >out 2>err </dev/null
status=$?
[ -s child ] && [ "$(cat state)" = Z ]; ok $? "the id of a child that is killed before its ids are mapped stays its own"
[ $status != 0 ] && [ ! -e ran ]; ok $? "nothing runs, and the status says so"
[ ! -e "/proc/$(cat child)" ]; ok $? "then it is gone"

echo "1..$count"
[ $failed = 0 ] || { echo "# $failed of $count failed ($who)"; exit 1; }
