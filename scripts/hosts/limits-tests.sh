#!/bin/sh
# limits-tests.sh MODE PRODUCT SCRATCH: whether limits hold, on a host with cgroup v2. To be run as root, in a guest.
#
# MODE: delegated, where a part of the cgroup tree belongs to uid 1000; session under systemd, where that user has a user
# manager and nothing is delegated; system, for root under systemd. PRODUCT is a distribution, SCRATCH an empty directory.
#
# Prints a line of TAP for each promise; the status is 1 when one was not kept.
set -u
mode=$1 product=$2/bin/hexe-policy scratch=$3
cgroup=/sys/fs/cgroup
count=0 failed=0

delegate() {
  for controller in cpu cpuset io memory pids; do
    echo "+$controller" >$cgroup/cgroup.subtree_control || :
  done 2>/dev/null
  mkdir -p $cgroup/delegated/shell
  for directory in $cgroup/delegated $cgroup/delegated/shell; do
    chown 1000:1000 $directory $directory/cgroup.procs $directory/cgroup.subtree_control
  done
}

# As uid 1000, where that one's processes are. The controllers of the delegated part are not enabled: the launcher does it.
as_user() {
  if [ "$mode" = system ]; then
    "$@"
    return
  elif [ "$mode" = session ]; then
    set -- runuser -u user -- env HOME=/home/user XDG_RUNTIME_DIR=/run/user/1000 "$@"
  else
    set -- env HOME=/home/user XDG_RUNTIME_DIR=/run/user/1000 setpriv --reuid=1000 --regid=1000 --clear-groups "$@"
  fi
  (
    [ "$mode" = session ] || sh -c 'echo $PPID' >$cgroup/delegated/shell/cgroup.procs
    exec "$@"
  )
}

ok() { # STATUS-OF-THE-CHECK DESCRIPTION
  count=$((count + 1))
  if [ "$1" = 0 ]; then
    echo "ok $count - $2 ($mode)"
  else
    failed=$((failed + 1))
    echo "not ok $count - $2 ($mode)"
    sed 's/^/#   out: /' out | head -n 5
    sed 's/^/#   err: /' err | head -n 8
    sed 's/^/#   status: /' status | head -n 2
  fi
}

compile() { # NAME PROFILE OPTION…: only the launcher is wanted from here on
  name=$1
  shift
  as_user "$product" compile "$@" --usage --status-fd=3 -o "$scratch/$name" >out 2>err || ok 1 "compile $*"
}

run() { # NAME COMMAND…: leaves out, err, status and $code
  name=$1
  shift
  as_user "$product" run "$scratch/$name" -- "$@" >out 2>err 3>status </dev/null
  code=$?
}

says() { grep -q -- "$1" err; ok $? "$2"; }
field() { sed -n "s/.*\"$1\":\"\\{0,1\\}\\([^,\"}]*\\).*/\\1/p" status; }
leftovers() { find $cgroup -name 'hexe-*' -type d; }
sandboxes() { leftovers | grep -v 'scope$'; }

# SIGKILL and stopping a scope take a moment.
no_leftovers() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ -n "$(leftovers)" ] || return 0
    sleep 0.2
  done
  leftovers >>err
  return 1
}

started() { # FILE: waits for what a command says first
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
    [ ! -s "$1" ] || return 0
    sleep 0.2
  done
  return 1
}

chown 1000:1000 "$scratch"
cd "$scratch" || exit 1
: >out >err >status
[ "$mode" != delegated ] || delegate
# kernels before 5.19 do not keep it
if find $cgroup -name memory.peak | grep -q .; then peak='51[0-9.]*M' source=cgroup; else peak='?M' source=wait4; fi
# a profile without namespaces; isolated takes Landlock
flat=none
! grep -q landlock /sys/kernel/security/lsm || flat=isolated
allocate='my $x = "x" x (shift() << 20); print "allocated\n"'

# --- memory --------------------------------------------------------------------------------------------------------

compile memory full --memory=512M
run memory perl -e "$allocate" 1024
[ $code = 137 ] && ! grep -q allocated out; ok $? "1 GiB under 512M is killed"
says "killed: memory limit 512M reached (peak $peak)" "the message says so"
[ "$(field cause)" = memory-limit ] && [ "$(field signal)" = SIGKILL ]; ok $? "so does the status"
[ $source != cgroup ] || says 'used: memory 51' "the usage says what was used"
run memory perl -e "$allocate" 200
[ $code = 0 ] && grep -q allocated out; ok $? "200 MiB under 512M is not"
[ "$(field source)" = $source ] && [ "$(field memory_peak_bytes)" -gt 200000000 ]; ok $? "its peak comes from where the kernel keeps it: $source"
run memory sh -c "perl -e '$allocate' 1024; echo survived"
[ $code = 137 ] && [ ! -s out ]; ok $? "the whole sandbox is killed, not one process of it"
run memory cat /proc/self/cgroup
[ "$(cat out)" = '0::/' ]; ok $? "the view of control groups is the sandbox's own"
no_leftovers; ok $? "nothing is left behind"

# --- processes -----------------------------------------------------------------------------------------------------

compile pids sandbox --pids=100 --time=10s
as_user "$product" run "$scratch/pids" -- sh -c 'echo started; bomb() { bomb | bomb & }; bomb; sleep 60' >out 2>err 3>status &
bomb=$!
started out
most=0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do # it takes a while on an emulated processor
  now=$(cat "$(sandboxes | head -n 1)/pids.current")
  [ "${now:-0}" -le "$most" ] || most=$now
  [ "$most" -lt 90 ] || break
  sleep 0.2
done
before=$(date +%s%3N)
ls / >/dev/null
after=$(date +%s%3N)
[ "$most" -gt 50 ] && [ "$most" -le 100 ]; ok $? "a fork bomb is contained: $most processes"
[ $((after - before)) -lt 3000 ]; ok $? "the host stays responsive: $((after - before)) ms"
wait $bomb
code=$?
[ $code -ge 137 ]; ok $? "its time limit ends it: $code"
says 'process limit 100 reached [0-9]* times' "the message says that the limit was reached"
[ "$(field refused_forks)" -gt 0 ]; ok $? "so does the status"
no_leftovers; ok $? "nothing of it is left"

# --- processor time ------------------------------------------------------------------------------------------------

compile cpu sandbox --cpu=0.5
burn='my $end = time + 6; 1 while time < $end'
run cpu sh -c "perl -e '$burn' & perl -e '$burn' & wait"
share=$(($(field cpu_us) * 100 / $(field wall_us)))
[ $share -ge 45 ] && [ $share -le 55 ]; ok $? "two busy loops under half a processor get $share % of one"
[ "$(field throttled_us)" -gt 1000000 ]; ok $? "the status says how long they were held up"

# --- time ----------------------------------------------------------------------------------------------------------

compile time $flat --time=1s --pids=50
run time sh -c 'trap "" TERM; echo started; (trap "" TERM; sleep 471.1) & while :; do sleep 0.2; done'
[ $code = 137 ] && [ "$(field cause)" = time-limit ]; ok $? "a time limit ends what does not want to end"
says 'killed: time limit 1s reached; it did not end on SIGTERM' "the message says so"
! pgrep -f 'sleep 471[.]1' >/dev/null; ok $? "its children end with it"
run time sleep 100
[ $code = 143 ] && [ "$(field cause)" = time-limit ]; ok $? "SIGTERM is enough for others"
no_leftovers; ok $? "nothing is left behind"

# --- at the same time ----------------------------------------------------------------------------------------------

compile small full --memory=64M --pids=10
compile large full --memory=512M --pids=200
# shellcheck disable=SC2016  # for the shell inside
many='i=0; while [ $i -lt 60 ]; do sleep 2 & i=$((i + 1)); done; wait; echo all'
as_user "$product" run "$scratch/large" -- sh -c "perl -e '$allocate' 200; $many" >large.out 2>large.err 3>/dev/null &
large=$!
run small perl -e "$allocate" 200
[ $code = 137 ]; ok $? "of two at the same time, the small one is killed"
says 'memory limit 64M' "for its own limit"
wait $large
code=$?
cp large.out out
[ $code = 0 ] && grep -q allocated out && grep -q all out; ok $? "the large one gets what it may have"
no_leftovers; ok $? "nothing is left behind"

# --- a supervisor that is killed -----------------------------------------------------------------------------------

for profile in full $flat; do
  compile killed $profile --pids=20
  as_user "$product" run "$scratch/killed" -- sh -c 'sleep 472.1 & sleep 472.2 & echo started; wait' >out 2>err 3>status &
  started out
  supervisor=$(pgrep -o -x hexe-policy)
  kill -9 "$supervisor"
  wait
  run killed true
  [ $code = 0 ] && no_leftovers; ok $? "a supervisor that is killed leaves nothing after the next start: $profile"
  sleep 0.5
  ! pgrep -f 'sleep 472[.]' >/dev/null; ok $? "no process either: $profile"
done

# --- the other keys ------------------------------------------------------------------------------------------------

if [ "$mode" = delegated ]; then
  disk=$(cat /sys/block/*/dev | head -n 1)
  cat >finer.yaml <<END
extends: none
limits: {memory: 100M, memory-high: 80M, pids: 30, cpu: 50%, cpu-weight: 50, cpus: '0', io: ['$disk read=10M write-ops=100']}
END
  compile finer ./finer.yaml
  # shellcheck disable=SC2016  # for the shell inside
  run finer sh -c 'cd /sys/fs/cgroup$(sed s/0::// /proc/self/cgroup) && cat memory.max memory.high memory.swap.max memory.oom.group pids.max cpu.max cpu.weight cpuset.cpus io.max; mkdir a a/b && echo 0 >a/b/cgroup.procs'
  sed '/^$/d' out | tr '\n' '|' | grep -q '^104857600|83886080|\(0|\)\{0,1\}1|30|50000 100000|50|0|.*rbps=10485760 wbps=max riops=max wiops=100|$'
  ok $? "every key is written as it was meant"
  [ $code = 0 ] && no_leftovers; ok $? "cgroups that the command made are removed as well"
  as_user "$product" verify ./finer.yaml >out 2>err
  code=$?
  for act in "allocate" fork-many run-on read-direct write-direct; do
    [ $code = 0 ] && grep -q "✓ $act" out; ok $? "verify tries it from inside: $act"
  done
fi

echo "1..$count"
[ $failed = 0 ]
