#!/bin/sh
# Makes every system call of the set-up fail in turn: each time nothing may run, and the status must be 125.
# BIN has the programs, WORK is a directory of our own. Needs strace.
set -u
cd "$WORK" || exit 1
if ! strace -f -o /dev/null true 2>/dev/null; then
    echo "# skipped: a failure at every system call (needs strace and ptrace)"
    exit 0
fi
all='CLONE_NEWUSER|CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWIPC|CLONE_NEWUTS|CLONE_NEWNET|CLONE_NEWCGROUP'
mkdir -p low upper work && : >covered
overlays="overlay-layer $WORK/low 0
overlay /over 65536 6 24
overlay-layer $WORK/low 0
overlay-kept /kept $WORK/upper $WORK/work 6 24"
printf 'spawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\nroot-tmpfs 0 0755\n%s\n' "$overlays" |
    "$BIN/planasm" | "$BIN/hexe-policy" --probe | grep -q '^ok' || { echo "# skipped: overlays (not to be had here)"; overlays=; }
{
    cat <<END
private-directory $WORK p- 0700 PRIVATE
spawn $all 0
id-map UID UID GID GID
limit-user-namespaces 5
propagation MS_SLAVE
root-tmpfs 0 0755
bind /usr /usr MOUNT_ATTR_RDONLY 9
END
    for top in bin sbin lib lib64; do
        [ -L /$top ] && echo "symlink $(readlink /$top) /$top"
        [ ! -L /$top ] && [ -d /$top ] && echo "bind /$top /$top 1 9"
    done
    cat <<END
bind $BIN /launcher MOUNT_ATTR_RDONLY 9
proc /proc 14 8
tmpfs /dev 65536 0755 10 8
bind /dev/null /dev/null 10 12
mkdir /run/user 0700
file /run/motd 0640 68656c6c6f0a
bind @cwd @cwd 0 9
$overlays
file-over $WORK/covered 0600 68656c6c6f0a 6 16
mount-attributes / MOUNT_ATTR_RDONLY 0
pivot-root
loopback-up
hostname box
rlimit RLIMIT_NOFILE 1024 1024
no-new-privileges
drop-capabilities 0 0
chdir /run "list it"
new-session
close-descriptors 3
landlock-ruleset 0x1fff 0 0
landlock-path / 0x1fff 0
landlock-restrict 0
seccomp-filter 060000000000ff7f 0
init
END
} | "$BIN/planasm" >fault.plan
chmod 600 fault.plan

# Whether the failure hit the launcher before the command: not the command itself, and not a process that only waits.
hit() {
    awk -v call="$1" '
        /execve\("\/launcher\/act"/ { command = 1 }
        /\(INJECTED\)/ { if (!command) found = 1 }
        END { exit found ? 0 : 1 }' trace
}

"$BIN/hexe-policy" run fault.plan -- /launcher/act mark || { echo "not ok - the plan runs without a failure"; exit 1; }
rm mark
tried=0
failed=0
for call in read openat write mount fsopen fsconfig fsmount move_mount open_tree mount_setattr openat2 mkdirat mknodat \
    symlinkat fsetxattr fremovexattr fchmod getdents64 fchdir pivot_root umount2 socket ioctl sethostname prctl capget capset chdir setsid fstat \
    landlock_create_ruleset landlock_add_rule landlock_restrict_self clone clone3 pipe2 getrandom prlimit64 seccomp \
    rt_sigprocmask execve; do
    n=1
    # where one call does the work of two, these are made only without it
    case $call in open_tree | mount_setattr) before="$BIN/without open_tree_attr" ;; *) before= ;; esac
    while [ $n -le 60 ]; do
        rm -f mark
        strace -f -o trace -e "trace=$call,execve" -e "inject=$call:error=EIO:when=$n" \
            $before "$BIN/hexe-policy" run fault.plan -- /launcher/act mark >out 2>err
        status=$?
        hit "$call" || break
        tried=$((tried + 1))
        expected=125
        # the launcher itself is started by the first execve; a later one is the command's
        [ "$call" = execve ] && expected=126
        # mount_setattr is first only asked whether it exists; chdir has somewhere else to go
        case "$call $n" in "mount_setattr 1" | "chdir 2") n=$((n + 1)) && continue ;; esac
        if [ -e mark ] || [ $status != $expected ]; then
            failed=$((failed + 1))
            echo "not ok - failure $n of $call: status $status, $([ -e mark ] && echo the command ran || echo no command)"
            grep INJECTED trace | head -3 | sed 's/^/#   /'
            sed 's/^/#   err: /' err | head -3
        fi
        if [ -n "$(ls -A work)" ] || [ -s covered ]; then
            echo "not ok - failure $n of $call leaves something of an overlay or a file"
            failed=$((failed + 1))
            rm -rf work && mkdir work
        fi
        if [ -n "$(ls -d p-* 2>/dev/null)" ]; then
            echo "not ok - failure $n of $call leaves the private directory"
            grep INJECTED trace | head -3 | sed 's/^/#   /'
            failed=$((failed + 1))
            rm -rf p-*
        fi
        n=$((n + 1))
    done
done
echo "# $tried failures of system calls tried, $failed handled badly"
[ $failed = 0 ]
