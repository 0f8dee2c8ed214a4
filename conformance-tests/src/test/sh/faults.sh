#!/bin/sh
# faults.sh LAUNCHER PLAN MARK CALL…: makes each of these system calls of a plan's set-up fail in turn. Prints a line for each
# failure that is not answered with status 125, no command, and a status that says so; at last how many were tried.
# Everything is done in the working directory, which is writable in the sandbox.
set -u
launcher=$1 plan=$2 mark=$3
shift 3

run() { # PROGRAM…: leaves $status, and status.json
    [ ! -e "$mark" ] || rm -f "$mark"
    : >status.json
    "$@" "$launcher" run "$plan" -- /usr/bin/touch "$mark" >out 2>err 3>>status.json </dev/null
    status=$?
}

says_it_ran() { # by the shell itself: a program for each of some hundred failures takes its time
    while IFS= read -r line; do
        case $line in *'"event":"ready"'* | *'"event":"exited"'*) return 0 ;; esac
    done <status.json
    return 1
}

# As in the tests of the launcher: 0 when the failure hit the set-up, 2 when it hit what may fail, 3 when it hit the command
# itself, 1 when it hit nothing. What may fail, beside what those tests say, are messages, and opening the directory of
# several sources in a row, each of which is opened by its path then, the list of a directory whose names are looked up one by
# one then, what is only watched (16 bytes of a pipe), whether plans can be kept, and what lies beside something hidden, which is not granted then.
# The second program to be executed is the command.
hit() {
    awk '
        /unfinished/ { pending[$1] = $0 }
        /resumed/ { $0 = pending[$1] " " $0 }
        /execve\(.* = 0$/ { executed++ }
        /\(INJECTED\)/ {
            if (executed > 1) command = 1
            else if (/write\(3, "\{/ || /write\(2, "hexe-policy: / || /read\([0-9]+<pipe:.*0x[0-9a-f]+, (4|16|48)\)/ ||
                /read\([0-9]+<anon_inode:inotify>.*0x[0-9a-f]+, 272\)/ ||
                /write\([0-9]+, ("w?\\0|0x)/ || /openat\([0-9]+, "\.", [A-Z_|]*O_DIRECTORY/ ||
                /fcntl\(([4-9]|[1-9][0-9]), F_(SETFD|GETFL)/ ||
                /openat2\(AT_FDCWD, "\/(dev|proc|var\/lib)?", .*resolve=RESOLVE_NO_SYMLINKS\}/ ||
                /openat2\([0-9]+, "[^"]*", .*O_DIRECTORY, resolve=RESOLVE_NO_SYMLINKS\|RESOLVE_IN_ROOT/ ||
                /openat\(AT_FDCWD, "[^"]*(\/|\/hexe-policy)", [A-Z_|]*O_DIRECTORY/ ||
                /openat\([0-9]+, "[^"\/]+", [A-Z_|]*O_NOFOLLOW\|O_CLOEXEC\|O_PATH\)/) may = 1
            else found = 1
        }
        END { exit found ? 0 : command ? 3 : may ? 2 : 1 }' trace
}

run
[ "$status" = 0 ] && [ -e "$mark" ] || { echo "bad: the plan does not run at all: status $status: $(tr '\n' ' ' <err)"; exit 0; }
tried=0
for call; do
    n=0 again=0
    while [ $n -lt 80 ]; do
        # the watch beside the command makes calls of its own, and on a busy machine it gets to more of them: what is
        # a fault of the set-up is one each time
        [ $again -gt 0 ] || n=$((n + 1))
        kind= && [ "$call" != read ] || kind=-y # of what is read
        # shellcheck disable=SC2086  # an option, or none
        run strace --seccomp-bpf -f $kind -o trace -e "trace=$call,execve" -e "inject=$call:error=EIO:when=$n"
        hit
        case $? in 1) break ;; 3) again=0 && continue ;; 2) { [ $status = 125 ] && [ ! -e "$mark" ]; } || { [ $status = 0 ] && [ -e "$mark" ]; } && again=0 && continue ;; esac
        # mount_setattr is first only asked whether it exists; chdir has somewhere else to go
        case "$call $n" in "mount_setattr 1" | "chdir 1" | "chdir 2") again=0 && continue ;; esac
        # one of the usual paths that is broken is warned about, and no more
        [ $status = 0 ] && [ -e "$mark" ] && grep -q 'warning: .*\(is broken\|was not searched to the end\|cannot be protected or hidden again\)' err && again=0 && continue
        [ $again -gt 0 ] || tried=$((tried + 1))
        expected=125
        [ "$call" = execve ] && expected=126
        [ $status = $expected ] && [ ! -e "$mark" ] && ! says_it_ran && again=0 && continue
        again=$((again + 1))
        [ $again -lt 3 ] && continue
        again=0
        echo "bad: failure $n of $call: status $status: $(grep INJECTED trace | tr '\n' ';') $(head -1 err)"
    done
done
rm -f "$mark" trace out err status.json
echo "tried $tried"
