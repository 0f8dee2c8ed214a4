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
watch @cwd/.nothing "made @path" 0
git-placeholders @cwd "" /
git-data @cwd 1000 "git obeys it"
git-config @git 0 --git-config "user.*" "filter.*.clean"
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
file-copy $WORK/covered $WORK/covered 68656c6c6f0a 0444 6 48
git-links @cwd ""
protect @cwd/guarded "w state" 0
protect @cwd/guarded/link "" 1
hide @cwd/secret "r shown" 0
hide @cwd/secrets "" 0
hide @cwd/token "" 0
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
} >fault.text
"$BIN/planasm" <fault.text >fault.plan
mkdir -p guarded/state secret secrets && echo x >secret/shown && echo x >token && ln -sfn nowhere guarded/link
# A repository, with all that can lead git elsewhere: what cannot be read of it must not be taken for missing.
mkdir -p .git/objects .git/refs .git/modules/sub .git/worktrees/tree hooks.d tools && ln -sfn hooks.d hooks
for git in .git .git/modules/sub .git/worktrees/tree; do echo 'ref: refs/heads/main' >$git/HEAD; done
printf '[core]\n\thooksPath = hooks\n[include]\n\tpath = ../more\n[filter "x"]\n\tclean = ./tools/clean %%f\n' >.git/config
: >.git/modules/sub/config && : >more && echo true >hooks.d/pre-commit && echo true >tools/clean
printf '[user]\n\tname = a\n' >global
export GIT_CONFIG_GLOBAL="$WORK/global" GIT_CONFIG_SYSTEM="$WORK/no-system"

# The same with everything that is told, and a control group where one can be made.
mount=$(awk '$9 == "cgroup2" || $10 == "cgroup2" || $8 == "cgroup2" {print $5}' /proc/self/mountinfo | head -1)
group=$mount/hexe-fault-test-$$
told='status-descriptor 3
status-facts "\"profile\":\"p\""
info-descriptor 4
block-descriptor 5
sync-descriptor 6
time-limit 60000 1000
limit-text 3 "time"
usage "all" "one"'
into=0
if [ -n "$mount" ] && mkdir "$group" 2>/dev/null; then
    told="$told
cgroup-create $group hexe-
cgroup-write cgroup.freeze 0 0"
    into=1
else
    group=
    echo "# no cgroup: none can be made here"
fi
{
    echo "$told"
    sed "s/^spawn .*/spawn $all $into/" fault.text
} | "$BIN/planasm" >told.plan
{
    echo "$told"
    printf 'private-directory %s p- 0700 PRIVATE\nspawn 0 %s\nno-new-privileges\nclose-descriptors 3\n' "$WORK" "$into"
} | "$BIN/planasm" >flat.plan
chmod 600 ./*.plan

# Whether the failure hit the launcher before the command: 0, or 2 when it hit something that may fail. That is the command
# itself, a process that only waits, a line for a reader that need not be there, looking for the cgroups that others
# left, a call that `enter` did not make (48 bytes of a pipe), whether a file of the host has changed (an event of inotify), how the first
# process says that the command ended (4 bytes of a pipe), whether plans can be kept, which namespaces the status names, and what the C library asks: of a directory that it lists, and glibc's
# for itself where there is no musl. An ordinary user's strace may not read what the sandbox hands over: the command has no name there.
hit() {
    awk '
        /unfinished/ { pending[$1] = $0 }
        /resumed/ { $0 = pending[$1] " " $0 }
        /execve\((0x|"[^"]*\/act")/ { command = 1 }
        /\(INJECTED\)/ {
            injected = 1
            if (!command && !/write\([34], "\{/ && !/read\([0-9]+<pipe:.*0x[0-9a-f]+, (4|48)\)/ && !/read\([0-9]+<anon_inode:inotify>.*0x[0-9a-f]+, 272\)/ &&
                !/write\([0-9]+, ("\\0|0x)/ && !/openat\(AT_FDCWD, "[^"]*\/hexe-policy", [A-Z_|]*O_DIRECTORY/ && !/openat\([0-9]+, "\.", [A-Z_|]*O_DIRECTORY/ &&
                !/fcntl\(([7-9]|[1-9][0-9]), F_(SETFD|GETFL)/ && !/newfstatat\(AT_FDCWD, "\/proc\/self\/ns\// &&
                !/getrandom\(0x[0-9a-f]+, 8, GRND_NONBLOCK\)/ && !/prlimit64\(0, RLIMIT_STACK, NULL, /) found = 1
        }
        END { exit found ? 0 : injected ? 2 : 1 }' trace
}

attempt() { # PLAN PROGRAM…: leaves err, status.json and $status
    attempted=$1
    shift
    : >status.json
    "$@" "$BIN/hexe-policy" run "$attempted" -- "$act" mark >out 2>err 3>>status.json 4>info.json 5</dev/null 6>alive
    status=$?
}
bad() { # MESSAGE
    failed=$((failed + 1))
    echo "not ok - $attempted: failure $n of $call $1"
    grep INJECTED trace | head -3 | sed 's/^/#   /'
    sed 's/^/#   err: /' err | head -3
    sed 's/^/#   status: /' status.json | tail -1
}

# What is there after a failure must be what was there before it. strace counts for each process: the one that removes what
# an overlay leaves may have been hit as well.
check_nothing_left() {
    if [ -n "$(ls -A work)" ] || [ -s covered ]; then
        [ "$(grep -c INJECTED trace)" -gt 1 ] || bad "leaves something of an overlay or a file"
        rm -rf work && mkdir work
    fi
    if [ -n "$(find .git -name commondir -o -name hooks -o -name '.hexe-policy-*')" ]; then
        [ "$(grep -c INJECTED trace)" -gt 1 ] || bad "leaves a placeholder in a repository"
        find .git \( -name commondir -o -name hooks -o -name '.hexe-policy-*' \) -exec rm -rf {} +
    fi
    if [ -n "$(ls -d p-* 2>/dev/null)" ]; then
        bad "leaves the private directory"
        rm -rf p-*
    fi
    if [ -n "$group" ] && [ -n "$(find "$group" -mindepth 1 -type d)" ]; then
        bad "leaves a cgroup"
        find "$group" -mindepth 1 -depth -type d -exec rmdir {} +
    fi
    cat /proc/self/mountinfo | cmp -s mounts - || bad "leaves a mount"
    ! pgrep -f "$BIN/hexe-policy run" >/dev/null || bad "leaves a process"
    flock -n alive true || bad "leaves a descriptor open"
}

fail_each() { # PLAN COMMAND-INSIDE CALL…
    attempted=$1
    act=$2
    shift 2
    rm -f mark
    attempt "$attempted"
    [ "$status" = 0 ] && [ -e mark ] || { n=0 call=none && : >trace && bad "the plan does not run without a failure"; return; }
    rm mark
    cat /proc/self/mountinfo >mounts
    for call; do
        n=1
        # where one call does the work of two, these are made only without it
        kind= && [ "$call" != read ] || kind=-y # of what is read
        case $call in open_tree | mount_setattr) before="$BIN/without open_tree_attr" ;; *) before= ;; esac
        while [ $n -le 80 ]; do
            rm -f mark
            attempt "$attempted" strace --seccomp-bpf -f $kind -o trace -e "trace=$call,execve" -e "inject=$call:error=EIO:when=$n" $before
            hit
            case $? in 1) break ;; 2) rm -f mark; rm -rf p-* work; mkdir work; n=$((n + 1)) && continue ;; esac
            tried=$((tried + 1))
            expected=125
            # the launcher itself is started by the first execve; a later one is the command's
            [ "$call" = execve ] && expected=126
            # mount_setattr is first only asked whether it exists; chdir has somewhere else to go
            case "$call $n" in "mount_setattr 1" | "chdir 2") n=$((n + 1)) && continue ;; esac
            # what lies in a directory that git obeys is searched as far as it can be, with a warning
            [ $status = 0 ] && [ -e mark ] && grep -q 'warning: .* was not searched to the end' err && n=$((n + 1)) && continue
            if [ -e mark ] || [ $status != $expected ]; then
                bad "gives status $status, and $([ -e mark ] && echo the command ran || echo no command)"
            fi
            ! grep -q '"event":"ready"\|"event":"exited"' status.json || bad "is told as a command that ran"
            [ ! -s status.json ] || grep -q 'write(3, .*INJECTED' trace || grep -q "\"event\":\"failed\".*\"status\":$expected" status.json ||
                bad "is not told as a failure"
            check_nothing_left
            n=$((n + 1))
        done
    done
}

tried=0
failed=0
tree='fsopen fsconfig fsmount move_mount open_tree mount_setattr openat2 mkdirat mknodat symlinkat newfstatat fsetxattr fremovexattr
    fchmod getdents64 readlink readlinkat fchdir pivot_root umount2 mount'
privileges='prctl capget capset setsid landlock_create_ruleset landlock_add_rule landlock_restrict_self prlimit64 seccomp'
processes='clone clone3 pipe2 socketpair setsockopt fcntl dup3 getrandom rt_sigprocmask execve'
fail_each fault.plan /launcher/act read openat write $tree socket ioctl sethostname $privileges chdir fstat $processes
fail_each told.plan /launcher/act read openat write $tree socket ioctl sethostname $privileges chdir fstat $processes
fail_each flat.plan "$BIN/act" openat write mkdirat $privileges $processes
[ -z "$group" ] || rmdir "$group"
echo "# $tried failures of system calls tried, $failed handled badly"
[ $failed = 0 ]
