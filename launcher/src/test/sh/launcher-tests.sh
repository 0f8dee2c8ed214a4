#!/bin/sh
# What the launcher promises, tried against this kernel. BIN has the programs, WORK is an empty directory of our own.
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
alive() { kill -0 "$1" 2>/dev/null; }

# --- exit statuses, in place ---------------------------------------------------------------------------------------

plan in-place </dev/null
run in-place true;                      is 0 "a command that succeeds gives 0"
run in-place sh -c 'exit 3';            is 3 "a command's own status is passed on"
run in-place no-such-command;           is 127 "an unknown command gives 127"
says 'not found in PATH' "the message says where it was looked for"
run in-place ./no-such-file;            is 127 "a missing file gives 127"
run in-place /etc/passwd;               is 126 "a file that is not executable gives 126"
printf '#!/no/such/interpreter\n' >script; chmod 755 script
run in-place ./script;                  is 126 "a script without its interpreter gives 126"
says 'interpreter' "the message names the reason"
printf 'exit 9\n' >script
run in-place ./script;                  is 9 "a script without an interpreter line is run by the shell"
PATH=$WORK:$PATH run in-place script;   is 9 "so it is when it is found on PATH"
run in-place '';                        is 127 "an empty command name gives 127"
"$L" run in-place -- sh -c 'echo $$' >out 2>err & process=$!
wait $process; [ "$(cat out)" = $process ]; ok $? "a plan without spawn keeps its process id"
"$L" run in-place true >out 2>err;      [ $? = 125 ]; ok $? "a missing \`--\` gives 125"

# --- plans that are refused ----------------------------------------------------------------------------------------

refused() { # DESCRIPTION MESSAGE: nothing may have run
    rm -f ran
    run "$3" touch ran
    is 125 "$1 gives 125"
    [ ! -e ran ]; ok $? "$1: no command was run"
    says "$2" "$1: the message says why"
}
cp in-place open-to-all; chmod 622 open-to-all
refused "a plan others can write" 'written by others' open-to-all
ln -s in-place link
refused "a plan behind a symlink" 'cannot open the plan' link
mkfifo fifo
refused "a plan in a fifo" 'not a regular file' fifo
head -c 20 in-place >short; chmod 600 short
refused "a plan cut short" 'not a plan' short
echo 'bind /etc /mnt 0 0' | plan host-mount
refused "a mount on the host" 'mount namespace' host-mount
echo 'landlock-ruleset 4 0 0' | plan half
refused "a ruleset that is never in force" 'landlock-restrict' half
echo 'time-limit 5 5' | plan timer
refused "a time limit without a supervisor" 'spawn' timer
echo 'landlock-query 1' | plan query
refused "a probe's action" 'probes only' query
: >input
printf 'depends %s %s %s 0 0 0\n' "$WORK/input" "$(stat -c %d input)" "$(stat -c %i input)" | plan stale
refused "a plan that is out of date" 'out of date' stale
printf 'depends %s/no-such-file 0 0 0 0 0\n' "$WORK" | plan absent
run absent true; is 0 "a file that must not exist and does not is no obstacle"
printf 'warn "mind the gap"\n' | plan warning
run warning true; is 0 "a plan with a warning runs"
says '^hexe-policy: mind the gap$' "the warning is printed"
if [ "$(id -u)" != 0 ]; then
    mkdir closed; cp "$L" closed/launcher
    (exec 9<closed/launcher; chmod 0 closed; exec /proc/self/fd/9 run in-place -- touch ran) >out 2>err; status=$?
    is 125 "a launcher that its user may not go to gives 125"
    says 'may not go to the launcher' "the message says so"
    [ ! -e ran ]; ok $? "and no command was run"
    chmod 700 closed
fi

# --- environment, descriptors, signals -----------------------------------------------------------------------------

printf 'clearenv\nsetenv PATH /usr/bin:/bin\nsetenv A "b c"\nsetenv GONE 1\nunsetenv GONE\n' | plan environment
run environment env; [ "$(sort out | tr '\n' '|')" = 'A=b c|PATH=/usr/bin:/bin|' ]; ok $? "the environment is the plan's"
printf 'setenv TWICE plan\n' | plan twice
"$BIN/act" with-twice "$L" run twice -- env >out 2>err
[ "$(grep ^TWICE= out)" = 'TWICE=plan' ]; ok $? "a variable that was handed over twice is there once, as the plan has it"
echo 'close-descriptors 3' | plan close
"$L" run close -- sh -c 'ls /proc/self/fd' 5</dev/null 7>/dev/null >out 2>err
[ "$(tr '\n' ' ' <out)" = '0 1 2 3 ' ]; ok $? "inherited descriptors are closed"
"$BIN/act" with-signals "$BIN/act" show-signals >expected
"$L" run close -- readlink /proc/self/fd/0 /proc/self/fd/2 >out <&- 2>&-
[ "$(tr '\n' ' ' <out)" = '/dev/null /dev/null ' ]; ok $? "closed standard descriptors are /dev/null"
for name in in-place spawned; do
    [ $name = spawned ] && echo 'spawn 0 0' | plan spawned
    "$BIN/act" with-signals "$L" run $name -- "$BIN/act" show-signals >out 2>err
    cmp -s expected out; ok $? "signals and umask are as the launcher got them: $name"
done
printf 'rlimit RLIMIT_NOFILE 77 78\n' | plan limits
run limits sh -c 'ulimit -Sn; ulimit -Hn'; [ "$(tr '\n' ' ' <out)" = '77 78 ' ]; ok $? "resource limits are set"
printf 'rlimit RLIMIT_NOFILE 4096 8192\n' | plan lavish
(ulimit -Sn 20; "$L" run limits -- sh -c 'ulimit -Sn; ulimit -Hn') >out 2>err; [ "$(tr '\n' ' ' <out)" = '77 78 ' ]; ok $? "also where the caller's soft limit is low"
(ulimit -Sn 12; "$L" run spawned -- sh -c 'ulimit -Sn; [ $(ulimit -Hn) -gt 12 ] && echo more') >out 2>err; [ "$(tr '\n' ' ' <out)" = '12 more ' ]; ok $? "which the command has again"
(ulimit -n 333; "$L" run lavish -- sh -c 'ulimit -Sn; ulimit -Hn') >out 2>err
[ "$(tr '\n' ' ' <out)" = '333 333 ' ]; ok $? "a lower one of the caller's stays"
printf 'no-new-privileges\ndrop-capabilities 0 %s\n' "$([ "$(id -u)" = 0 ] && echo 0 || echo 1)" | plan capabilities
run capabilities grep -E 'Cap(Inh|Prm|Eff|Amb)|NoNew' /proc/self/status
[ "$(grep -c 0000000000000000 out)" = 4 ] && grep -q 'NoNewPrivs:.1' out; ok $? "no capability is left"

# --- the supervisor ------------------------------------------------------------------------------------------------

run spawned sh -c 'kill -9 $$';         is 137 "a command killed by signal 9 gives 137"
# Somebody who runs this by nohup, or in the background of a script, ignores them.
for signal in HUP INT QUIT; do
    died=$(perl -e '$SIG{$_} = "DEFAULT" for qw(HUP INT QUIT); system(@ARGV); print $? & 127' "$L" run spawned -- sh -c "ulimit -c 0; kill -$signal \$\$" 2>err)
    [ "$(kill -l $died)" = $signal ]; ok $? "the launcher dies of SIG$signal where the command did"
done
run spawned sh -c 'exit 5';             is 5 "a supervised command's status is passed on"
"$L" run spawned -- sh -c 'trap "exit 42" USR1; echo ready; while :; do sleep 0.05; done' >out 2>err & process=$!
while [ ! -s out ]; do sleep 0.02; done
kill -USR1 $process; wait $process; status=$?; is 42 "signals are passed on"
printf 'time-limit 200 200\nspawn 0 0\n' | plan limited
run limited sleep 30;                   is 143 "a command is ended at its time limit"
says 'killed: the time limit is reached' "the message says so"
run limited "$BIN/act" stubborn;        is 137 "one that does not end is killed"
"$L" run spawned -- sh -c 'exec sleep 4711.1' 2>err & process=$!
sleep 0.2; kill -9 $process; wait $process 2>/dev/null
gone 'sleep 4711[.]1'; ok $? "the command dies with its supervisor"
printf 'private-directory %s p- 0700 PRIVATE\nspawn 0 0\n' "$WORK" | plan private
run private sh -c 'echo $PRIVATE; stat -c %a $PRIVATE; touch $PRIVATE/x'; is 0 "a private directory is made"
[ "$(sed -n 2p out)" = 700 ] && [ ! -e "$(head -1 out)" ]; ok $? "it has its mode, and is gone afterwards"
touch precious
run private sh -c "$BIN/act"' deep-tree $PRIVATE 3000 && cd $PRIVATE && ln -s '"$WORK"' out && mkdir full && touch full/a full/b'
is 0 "a deep tree is made in it"
[ -z "$(ls -d p-* 2>/dev/null)" ] && [ -e precious ]; ok $? "it is removed as well, and nothing else"
run private sh -c 'rmdir $PRIVATE; ln -s '"$WORK"' $PRIVATE'
[ -e precious ]; ok $? "a symlink in its place is not followed"
rm -f p-*

# --- cgroups -------------------------------------------------------------------------------------------------------

cgroup=$(awk '$9 == "cgroup2" || $10 == "cgroup2" || $8 == "cgroup2" {print $5}' /proc/self/mountinfo | head -1)
if [ -n "$cgroup" ] && mkdir "$cgroup/hexe-test" 2>/dev/null; then
    printf 'cgroup-create %s/hexe-test run-\ncgroup-write no.such.file 1 1\nspawn 0 1\n' "$cgroup" | plan cgroup
    run cgroup sh -c 'cat /proc/self/cgroup; sleep 4712.1 & exit 0'; is 0 "a command runs in a cgroup"
    grep -q '^0::/.*hexe-test/run-' out; ok $? "it is in the cgroup"
    gone 'sleep 4712[.]1'; ok $? "what it leaves behind is killed"
    [ -z "$(find "$cgroup/hexe-test" -mindepth 1 -type d)" ]; ok $? "the cgroup is removed"
    "$L" run cgroup -- sleep 30 & process=$!
    sleep 0.2; kill -9 $process; wait $process 2>/dev/null; sleep 0.2
    run cgroup true
    [ -z "$(find "$cgroup/hexe-test" -mindepth 1 -type d)" ]; ok $? "a stale cgroup is collected"
    "$BIN/without" clone3 "$L" run cgroup -- cat /proc/self/cgroup >out 2>err
    grep -q '^0::/.*hexe-test/run-' out; ok $? "it is entered without clone3, too"
    printf 'cgroup-create %s/hexe-test run-\ncgroup-write no.such.file 1 0\nspawn 0 1\n' "$cgroup" | plan cgroup-bad
    refused "a cgroup file that is missing" 'no.such.file' cgroup-bad
    [ -z "$(find "$cgroup/hexe-test" -mindepth 1 -type d)" ]; ok $? "a cgroup is removed after a failure"
    rmdir "$cgroup/hexe-test"
else
    skip "cgroups: no cgroup v2 directory that may be changed"
fi
printf 'cgroup-create %s run-\nspawn 0 1\n' "$WORK" | plan cgroup-elsewhere
refused "a cgroup in another file system" 'not in a cgroup v2' cgroup-elsewhere

# --- probes --------------------------------------------------------------------------------------------------------

probe() { "$L" --probe >out 2>err; status=$?; }
{ echo 'landlock-query 1' | "$BIN/planasm"
  echo 'clone3-query' | "$BIN/planasm"
  printf 'note a b\nwarn quiet\nsetenv A b\nbad' | sed '$d' | "$BIN/planasm"
  printf 'note a b\nrlimit 999 1 1\n' | "$BIN/planasm"
  printf 'spawn 0 0\nrlimit 999 1 1\n' | "$BIN/planasm"
  printf 'spawn 0 0\nseccomp-filter 0600000000000080 0\n' | "$BIN/planasm"
  printf 'no-new-privileges\nspawn 0 0\nseccomp-filter 0600000000000080 0\n' | "$BIN/planasm"
  printf 'private-directory %s p- 0700 X\nclose-descriptors 3\n' "$WORK" | "$BIN/planasm"
} >plans
probe <plans
is 0 "probes are tried"
grep -q '^ok [0-9]' out; ok $? "a query answers with a number"
[ "$(sed -n 2,3p out | tr '\n' ' ')" = 'ok 1 ok 0 ' ]; ok $? "a plan that works is ok"
[ "$(sed -n 4,5p out | uniq)" = 'fail 1 rlimit EINVAL' ]; ok $? "a failure is reported with record and error, spawned or not"
[ "$(sed -n 7p out)" = 'killed SIGSYS' ]; ok $? "a probe that is killed is reported"
[ "$(sed -n 8p out)" = 'ok 0' ] && [ -z "$(ls -d p-* 2>/dev/null)" ]; ok $? "a probe leaves nothing behind"
[ ! -s err ]; ok $? "probes are silent"
{ printf 'probed\nspawn 0 0\nprobed\nrlimit 999 1 1\nprobed\n' | "$BIN/planasm"
  printf 'probed\nspawn 0 0\nclone3-query\nprobed\n' | "$BIN/planasm"
} >plans
probe <plans
[ "$(tr '\n' ' ' <out)" = 'part 0 part 0 fail 3 rlimit EINVAL part 0 part 1 ok 1 ' ]; ok $? "the parts of a probe are answered one by one, up to the first failure"
echo probed | plan parts
refused "a probe's parts" 'probes only' parts
echo garbage >plans
probe <plans; is 125 "garbage is refused"

# --- Java: a stand-in shows how it is started ----------------------------------------------------------------------

mkdir -p dist/bin dist/lib/native jdk/bin
cp "$L" dist/bin/ && : >dist/lib/hexe-policy.jar
: >dist/lib/hexe-policy-17.jsa && : >dist/lib/hexe-policy-25.jsa
export XDG_RUNTIME_DIR=$WORK # and no plans of others
D=$WORK/dist/bin/hexe-policy
echo 'JAVA_VERSION="25.0.1"' >jdk/release
cat >jdk/bin/java <<'END'
#!/bin/sh
here=$(dirname "$0")
printf '%s\n' "$@" >"$here/arguments"
env >"$here/environment"
for argument; do
    case $argument in -Dhexe.plan=*) plan=${argument#-Dhexe.plan=} ;; esac
done
echo from-java
case " $* " in *" killed "*) kill -9 $$ ;; *" exit4 "*) exit 4 ;; *" empty "*) exit 0 ;; esac
[ -n "${plan-}" ] && cat "$here/plan" >"$plan"
exit 0
END
chmod 755 jdk/bin/java
echo 'setenv FROM plan' | plan jdk/bin/plan
java() { HEXE_JAVA_HOME=$WORK/jdk CLASSPATH=x JAVA_TOOL_OPTIONS=y "$D" "$@" >out 2>err; status=$?; }
java apply --profile p -- sh -c 'echo $FROM $CLASSPATH; exit 3' --; is 3 "apply compiles and runs"
[ "$(cat out)" = 'plan x' ]; ok $? "the command has the plan's environment, the caller's variables and its own output"
says from-java "the compiler's output goes to standard error"
[ "$(tail -3 jdk/bin/arguments | tr '\n' ' ')" = 'apply --profile p ' ]; ok $? "the compiler gets what is before \`--\`"
grep -q -- "^-Dhexe.launcher=$D\$" jdk/bin/arguments; ok $? "it is told where the launcher is"
grep -q -- "^-Dhexe.caller=$(id -u):$(id -u):$(id -g):$(id -g):[0-9a-f]*:[0-9,]*\$" jdk/bin/arguments; ok $? "and who calls"
grep -q -- "^$WORK/dist/lib/hexe-policy.jar\$" jdk/bin/arguments; ok $? "its class path is that of the main jar"
grep -q -- "^-XX:SharedArchiveFile=$WORK/dist/lib/hexe-policy-25.jsa\$" jdk/bin/arguments; ok $? "and gets the archive for its version"
grep -qE '^(CLASSPATH|JAVA_TOOL_OPTIONS)=' jdk/bin/environment; [ $? = 1 ]; ok $? "variables with options do not reach it"
java apply empty -- touch ran;          is 125 "a compiler that writes no plan gives 125"
java apply exit4 -- touch ran;          is 125 "a compiler that fails gives 125"
java apply killed -- touch ran;         is 125 "a compiler that is killed gives 125"
says 'signal 9' "the message says so"
[ ! -e ran ]; ok $? "no command was run"
java apply --profile p;                 is 0 "apply without a command is left to Java"
java doctor exit4;                      is 4 "other commands are Java's, with its status"
echo 'JAVA_VERSION="11.0.1"' >jdk/release
java doctor;                            is 125 "a Java that is too old gives 125"

# --- namespaces ----------------------------------------------------------------------------------------------------

all='CLONE_NEWUSER|CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWIPC|CLONE_NEWUTS|CLONE_NEWNET|CLONE_NEWCGROUP'
ro='MOUNT_ATTR_RDONLY|MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV'
sandbox() { # LINES-BEFORE-PIVOT: a whole sandbox, without what comes after chdir
    cat <<END
spawn $all 0
id-map UID UID GID GID
propagation MS_SLAVE
root-tmpfs 0 0755
bind /usr /usr $ro 9
END
    for top in bin sbin lib lib64; do
        [ -L /$top ] && echo "symlink $(readlink /$top) /$top"
        [ ! -L /$top ] && [ -d /$top ] && echo "bind /$top /$top $ro 9"
    done
    cat <<END
bind /etc /etc $ro 9
bind /no/such/place /no/such/place $ro 15
bind $BIN /launcher $ro 9
proc /proc MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV|MOUNT_ATTR_NOEXEC 8
tmpfs /dev 65536 0755 MOUNT_ATTR_NOSUID|MOUNT_ATTR_NOEXEC 8
bind /dev/null /dev/null MOUNT_ATTR_NOSUID|MOUNT_ATTR_NOEXEC 12
devpts /dev/pts MOUNT_ATTR_NOSUID|MOUNT_ATTR_NOEXEC 8
mqueue /dev/mqueue MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV 8
tmpfs /tmp 1048576 01777 MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV 8
mkdir /run/user 0700
file /run/motd 0640 68656c6c6f0a
END
    echo "$1"
    cat <<END
mount-attributes / MOUNT_ATTR_RDONLY 0
pivot-root
loopback-up
hostname box
no-new-privileges
drop-capabilities 0 0
chdir /tmp "list it"
new-session
close-descriptors 3
END
}
landlock='landlock-ruleset 0x1fff 0 0
landlock-path /usr 0x100d 0
landlock-path /etc 0xd 0
landlock-path /proc 0xd 2
landlock-path /launcher 0xd 0
landlock-path /run 0xc 0
landlock-path /dev 0xe 0
landlock-path /tmp 0x1fff 0
landlock-path /no/such/path 0x1fff 2
landlock-path /etc/passwd 0x1fff 0
landlock-restrict 0'

trial() { # NAME PREFIX…: the whole sandbox
    name=$1
    shift
    mkdir -p ro
    sandbox "bind @cwd @cwd MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV 9
bind @cwd/ro /ro $ro 9" >sandbox.txt
    { cat sandbox.txt; echo "seccomp-filter 060000000000ff7f 0
init"; } | plan sandbox
    { cat sandbox.txt; echo "$landlock"; echo init; } | plan confined
    inside() { "$@" >out 2>err; status=$?; }
    inside "$@" "$L" run sandbox -- sh -c 'exit 3'; is 3 "$name: a status comes out"
    [ "$status" = 3 ] || return
    inside "$@" "$L" run sandbox -- pwd; [ "$(cat out)" = "$WORK" ]; ok $? "$name: the working directory is kept"
    inside "$@" "$L" run sandbox -- sh -c 'echo /*'
    grep -q ' /home' out; [ $? = 1 ]; ok $? "$name: only what is listed is there"
    inside "$@" "$L" run sandbox -- touch /ro/x; says 'Read-only' "$name: a read-only bind is read-only"
    inside "$@" "$L" run sandbox -- touch /x; says 'Read-only' "$name: the root is read-only"
    inside "$@" "$L" run sandbox -- sh -c 'touch written && touch /tmp/x && cat /run/motd && stat -c %a /run/motd /run/user /tmp'
    [ -e written ] && [ "$(tr '\n' ' ' <out)" = 'hello 640 700 1777 ' ]; ok $? "$name: files and modes are the plan's"
    rm -f written
    rm -rf store
    { echo "cache-slot $WORK/store/p-1 $WORK \"~.npm\" 0"
        sandbox 'cache /tmp/npm "" "~.npm" MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV 24'
        echo init; } | plan caches
    inside "$@" "$L" run caches -- sh -c 'echo kept >/tmp/npm/x'; is 0 "$name: a cache can be written"
    inside "$@" "$L" run caches -- cat /tmp/npm/x; [ "$(cat out)" = kept ]; ok $? "$name: and is there at the next start"
    rm -rf store && : >store
    inside "$@" "$L" run caches -- sh -c 'echo lost >/tmp/npm/x && cat /tmp/npm/x'
    [ "$(cat out)" = lost ]; ok $? "$name: where it cannot be kept, it is in memory"
    says 'warning: caches cannot be kept' "$name: and a warning says so"
    rm -f store
    inside "$@" "$L" run sandbox -- sh -c 'hostname; cat /proc/1/comm; ls /proc | grep -c "^[0-9]"; id -u'
    [ "$(sed -n 1p out)" = box ] && [ "$(sed -n 4p out)" = "$(id -u)" ]; ok $? "$name: host name and user are the plan's"
    [ "$(sed -n 3p out)" -lt 8 ]; ok $? "$name: other processes are not seen"
    inside "$@" "$L" run sandbox -- grep -E 'Cap|NoNew|Seccomp' /proc/self/status
    [ "$(grep -c 0000000000000000 out)" = 5 ]; ok $? "$name: all five capability sets are empty"
    inside "$@" "$L" run sandbox -- /launcher/act orphans; is 0 "$name: PID 1 reaps orphans"
    inside "$@" "$L" run sandbox -- /launcher/act look-into-init; is 0 "$name: PID 1 cannot be looked into"
    inside "$@" "$L" run sandbox -- sh -c 'setsid sleep 4713.1 & sleep 0.1; exit 6'; is 6 "$name: a command that leaves a daemon"
    gone 'sleep 4713[.]1'; ok $? "$name: the daemon ends with the command"
    inside "$@" "$L" run sandbox -- no-such-command; is 127 "$name: not found is 127"
    inside "$@" "$L" run sandbox -- sh -c 'kill -9 $$'; is 137 "$name: killed by 9 is 137"
    inside "$@" "$L" run sandbox -- sh -c 'umount /usr || mount -t tmpfs none /tmp'; ok $((status == 0)) "$name: nothing can be mounted"
    printf '#!/proc/self/exe run\n' >script; chmod 755 script
    inside "$@" "$L" run sandbox -- ./script; is 125 "$name: a script cannot start the launcher through /proc"
    says 'outside the root' "$name: the message says so"
    "$@" "$L" run sandbox -- sh -c 'trap "exit 42" TERM; echo ready; while :; do sleep 0.05; done' >out 2>err & process=$!
    while [ ! -s out ]; do sleep 0.02; done
    kill -TERM $process; wait $process; status=$?; is 42 "$name: signals reach the command through PID 1"
    "$@" "$L" run sandbox -- sh -c 'setsid sleep 4714.1 & sleep 4714.1' 2>err & process=$!
    sleep 0.3; kill -9 $process; wait $process 2>/dev/null
    gone 'sleep 4714[.]1'; ok $? "$name: SIGKILL of the supervisor leaves nothing"
}

echo "spawn CLONE_NEWUSER|CLONE_NEWNS 0
id-map UID UID GID GID
root-tmpfs 0 0755" | "$BIN/planasm" >plans
probe <plans
if grep -q '^ok' out; then
    sandbox '' | plan nowhere
    run nowhere pwd
    [ "$(cat out)" = /tmp ]; ok $? "a working directory that is not there is replaced where the plan says so"
    sandbox '' | sed 's|^chdir .*|chdir "" "list `@cwd`"|' | plan only-here
    run only-here touch /tmp/ran; is 125 "where it does not, nothing runs"
    says "the working directory \`$WORK\` is not in the sandbox" "the message names the directory"
    says "^  help: list \`$WORK\`$" "and so does the help"

    memory=/dev/shm/hexe-test.$$
    if [ "$(stat -f -c %T /dev/shm)" = tmpfs ] && mkdir "$memory" 2>/dev/null; then
        sandbox 'bind @cwd @cwd MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV|MOUNT_ATTR_NOEXEC 9' | sed 's|^chdir .*|chdir "" "list it"|' | plan handed-over
        sandbox "tmpfs $memory 65536 01777 MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV 8" | sed 's|^chdir .*|chdir "" "list it"|' | plan in-its-place
        (cd "$memory" && "$L" run "$WORK/handed-over" -- true) 2>err; status=$?; is 0 "a working directory that is in memory outside is entered"
        [ ! -s err ]; ok $? "and nothing is said of it"
        (cd "$memory" && "$L" run "$WORK/in-its-place" -- true) 2>err; status=$?; is 0 "so is one of the sandbox's own at its path"
        says "is the sandbox's own" "and that is said"
        rmdir "$memory"
    else
        skip "needs a /dev/shm in memory"
    fi

    trial "new mount API"
    trial "without open_tree_attr" "$BIN/without" open_tree_attr
    trial "mount(2)" "$BIN/without" mount_setattr,open_tree,open_tree_attr,move_mount,fsopen,openat2,clone3,close_range

    run confined sh -c 'touch /tmp/x && ls . 2>/dev/null'; is 2 "Landlock inside the sandbox refuses what has no rule"
    run confined sh -c 'touch /tmp/x && cat /etc/passwd >/dev/null && cat /run/motd'; is 0 "and allows what has one"

    # submounts keep the attributes; this needs a mount that only a mount namespace of ours can make
    mkdir -p tree/sub
    cat >submount.sh <<'END'
set -e
mount -t tmpfs none tree/sub
touch tree/sub/file
for prefix in "" "$BIN/without open_tree_attr" \
    "$BIN/without mount_setattr,open_tree,open_tree_attr,move_mount,fsopen,openat2"; do
    $prefix "$L" run submount -- sh -c 'touch tree/sub/file' && exit 1
    $prefix "$L" run submount -- sh -c 'touch tree/file' && exit 1
    $prefix "$L" run submount -- sh -c 'test -e tree/sub/file' || exit 1
done
exit 0
END
    { sandbox "bind @cwd/tree @cwd/tree $ro 9"; echo init; } | plan submount
    export L BIN
    unshare -Urm sh submount.sh >out 2>err
    if unshare -Urm true 2>/dev/null; then
        [ "$(id -u)" != 0 ] || unshare -m sh submount.sh >out 2>err
        ok $? "a recursive read-only bind covers submounts, with either interface"
    else
        skip "submounts: unshare -Urm does not work here"
    fi

    # IPv6 may be there and switched off for new namespaces: the kernel refuses a route then
    for flag in 0 1; do
        printf 'spawn CLONE_NEWUSER|CLONE_NEWNET 0\nid-map UID UID GID GID\nloopback-up\nlocal-route fd68:6578:6500::/64 %s\n' "$flag" | plan "six-$flag"
    done
    "$BIN/without" sendto:13 "$L" run six-1 -- true >out 2>err
    ok $? "a local route of IPv6 is passed over where IPv6 is switched off"
    "$BIN/without" sendto:13 "$L" run six-0 -- true >out 2>err; status=$?
    [ "$status" = 125 ] && grep -q 'cannot add a local route' err; ok $? "one that is needed is not"

    # caches that were made outside are there in a sandbox around this one, and read-only
    "$L" run caches -- true
    cat >closed-store.sh <<'END'
mount --bind store store && mount -o remount,bind,ro store && exec "$L" run caches -- sh -c 'echo x >/tmp/npm/x && cat /tmp/npm/x'
END
    if unshare -Urm true 2>/dev/null; then
        unshare -Um --map-current-user --keep-caps sh closed-store.sh >out 2>err # the plan names the user as they are outside
        [ "$(cat out)" = x ]; ok $? "a cache that others keep read-only is in memory, and can be written"
    else
        skip "read-only caches: unshare -Urm does not work here"
    fi

    # destinations cannot lead out
    mkdir -p victim
    { sandbox "symlink $WORK/victim /way-out
bind /etc /way-out/../../../../mnt/etc $ro 9
mkdir /way-out/made 0755"; echo init; } | plan escape
    "$L" run escape -- sh -c 'ls -d /mnt/etc /*' >out 2>err; status=$?
    { [ "$status" = 0 ] || [ "$status" = 125 ]; } && [ -z "$(ls -A victim)" ]
    ok $? "a symlink at a destination does not lead out of the new root"
    { sandbox "bind $WORK/victim /victim 0 9
bind /etc /victim/etc $ro 9"; echo init; } | plan ghost
    refused "a mount point that would be made on the host" 'does not exist' ghost
    [ -z "$(ls -A victim)" ]; ok $? "nothing is made on the host"
    for line in "mkdir /victim/d 0755" "file /victim/f 0644 00" "symlink x /victim/s"; do
        { sandbox "bind $WORK/victim /victim 0 9
$line"; echo init; } | plan ghost
        refused "\`${line%% *}\` on the host" 'does not exist' ghost
    done
    [ -z "$(ls -A victim)" ]; ok $? "still nothing is made on the host"
    { sandbox "bind /etc/passwd /tmp $ro 0"; echo init; } | plan kinds
    refused "a file over a directory" 'can only cover a directory' kinds
    # sources, and the working directory among what is mounted
    ln -sfn "$WORK/victim" way-in
    { sandbox "bind $WORK/way-in /way-in $ro 9"; echo init; } | plan planted
    refused "a source that has become a symlink" 'symlink has appeared' planted
    # sources of one directory, which is opened once
    mkdir -p near/a near/b near/c; touch near/file; ln -sfn "$WORK/victim" near/link; ln -sfn /etc/passwd near/file-link
    near() { for name; do echo "bind $WORK/near/$name $WORK/near/$name $ro ${flags:-9}"; done; }
    { sandbox "$(near a b c)
$(flags=13 near file)
bind $WORK/near/none $WORK/near/none $ro 11"; echo init; } | plan siblings
    for prefix in "" "$BIN/without open_tree_attr"; do
        inside $prefix "$L" run siblings -- sh -c 'ls near; ! touch near/a/x near/b/x near/c/x && ! echo x >near/file'
        is 0 "sources of one directory are read-only, every one${prefix:+, without open_tree_attr}"
        [ "$(echo $(cat out))" = "a b c file" ]; ok $? "and one that is missing is passed over"
    done
    { sandbox "$(near a b link)"; echo init; } | plan planted
    refused "a symlink among sources of one directory" 'symlink has appeared' planted
    { sandbox "$(near a b)
$(flags=13 near file-link)"; echo init; } | plan planted
    refused "a symlink to a file among them" 'symlink has appeared' planted
    { sandbox "$(near a)
bind $WORK/near/.. $WORK/above $ro 9
bind $WORK/near/. $WORK/dots $ro 9"; echo init; } | plan dots
    run dots ls dots; [ "$(echo $(cat out))" = "a b c file file-link link" ]
    ok $? "a source may end with dots"
    inside "$BIN/without" open_tree_attr:5 "$L" run siblings -- touch "$WORK/ran"; is 125 "an error of open_tree_attr ends the run"
    [ ! -e ran ]; ok $? "without the command"
    { sandbox "bind $WORK/ro $WORK/ro $ro 9
bind @cwd @cwd 0 9"; echo init; } | plan covering
    refused "a working directory over what is kept apart" 'would cover' covering
    { echo "$landlock" | sed '$d; /launcher/d'; echo "landlock-path $WORK/ro 0xd 0
landlock-path @cwd 0x1fff 0
landlock-restrict 0"; } | { echo no-new-privileges; cat; } | plan giving
    "$L" run giving -- touch ro/given >out 2>err; status=$?
    [ "$status" != 0 ] && [ ! -e ro/given ]; ok $? "a rule for the working directory gives back nothing that was withheld"
    says 'not handed over' "which is said"
    # the host's tree, read-only but for the working directory
    start="spawn CLONE_NEWUSER|CLONE_NEWNS 0
id-map UID UID GID GID
propagation MS_SLAVE"
    mkdir -p outside
    { sandbox "" | sed "/^root-tmpfs/q"; echo "bind / / MOUNT_ATTR_RDONLY 1
bind @cwd/victim @cwd/victim 0 1
pivot-root
chdir / x"; } | plan whole
    run whole sh -c 'touch victim/x && ! touch outside/x && pwd'; is 0 "the whole host can be the root, read-only"
    [ "$(cat out)" = "$WORK" ] && [ -e victim/x ] && [ ! -e outside/x ]; ok $? "but for what is bound over it"
    { echo "$start"; echo "root-host
bind @cwd/outside @cwd/outside MOUNT_ATTR_RDONLY 1
tmpfs @cwd/victim 4096 0755 0 0
chdir / x"; } | plan host
    run host sh -c '! touch outside/x && touch victim/y'; is 0 "places of the host's tree can be covered in it"
    [ ! -e victim/y ] && [ ! -e outside/x ]; ok $? "and the host does not see that"
    { echo "$start"; echo "limit-user-namespaces 0
chdir / x"; } | plan nested
    run nested "$L" run "$WORK/sandbox" -- touch "$WORK/ran"; is 125 "user namespaces can be limited inside"
    says 'namespaces of its own (user, mount, pid' "the message names what could not be made"
    mkdir -p deleted
    ( cd deleted && rmdir ../deleted && "$L" run ../sandbox -- touch "$WORK/ran" ) >out 2>err; status=$?
    is 125 "a working directory that was deleted cannot be bound"
    says 'the working directory was deleted' "the message says so"
    says 'help: go to a directory that exists' "and what to do"
    { echo "$start"; echo "root-host
bind / / MOUNT_ATTR_RDONLY 1
chdir / x"; } | plan covered
    refused "a cover over the host's root" 'cannot be covered' covered
    rm -f victim/*
else
    skip "namespaces: $(cat out)"
fi

# --- other processors ----------------------------------------------------------------------------------------------

printf 'note architecture pdp11\n' | plan elsewhere
run elsewhere true; is 125 "a plan for another processor is refused"
says "is for processors of the kind \`pdp11\`, and this one is" "the message names both"
printf 'note architecture %s\n' "$(uname -m)" | plan here
run here true; is 0 "one for this processor runs"
printf 'note other pdp11\n' | plan other
run other true; is 0 "so does one that names none"

echo "1..$count"
[ $failed = 0 ] || echo "# $failed of $count failed ($who)"
[ $failed = 0 ]
