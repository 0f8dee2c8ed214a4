# What the tests share: they start in WORK, an empty directory of their own, and say each check as a line of TAP.
cd "$WORK" || exit 1
L=$BIN/hexe-policy
who=$(id -un 2>/dev/null) || who=$(id -u) # a user without an account is named by number
count=0
failed=0

ok() { # STATUS-OF-THE-CHECK DESCRIPTION
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2 ($who)"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2 ($who)"
        for file in out err status; do
            sed "s/^/#   $file: /" "$file" 2>/dev/null | head -5
        done
    fi
}
skip() { echo "ok $((count = count + 1)) - # SKIP $1 ($who)"; }
plan() { "$BIN/planasm" >"$1" && chmod 600 "$1"; }
eventually() { # COMMAND…: waits until it succeeds, a minute at most, for machines that are busy
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || return 1
        sleep 0.1
    done
}
gone() { # WORD: waits until no process has it on its command line
    eventually none_has "$1"
}
crowded() { # COMMAND…: begins while more descriptors of this user are on their way than it may have open; leaves $code
    (exec "$BIN/act" in-flight 300 >crowd) & crowd=$!
    eventually test -s crowd
    (ulimit -n 64; exec "$@") & waiting=$!
    sleep 0.4
    kill "$crowd"
    wait "$waiting"; code=$?
    rm -f crowd
}
none_has() { ! pgrep -f "$1" >/dev/null; }
