#!/bin/sh
# What the cache of plans promises. A stand-in for Java counts how often it compiles, and what it compiled is in a file:
# BIN has the programs, WORK is an empty directory of our own.
set -u
. "$BIN/tap.sh"

mkdir -p dist/bin dist/lib jdk/bin run home
chmod 700 run
cp "$BIN/hexe-policy" dist/bin/ && : >dist/lib/hexe-policy.jar
L=$WORK/dist/bin/hexe-policy
cat >jdk/bin/java <<'END'
#!/bin/sh
here=$(dirname "$0")
for argument; do
    case $argument in -Dhexe.plan=*) plan=${argument#-Dhexe.plan=} ;; esac
done
[ -n "${plan-}" ] || { printf '%s\n' "$@"; exit 0; }
echo compiled >>"$here/compiled"
[ ! -x "$here/meanwhile" ] || "$here/meanwhile"
cat "$here/plan" >"$plan"
END
chmod 755 jdk/bin/java
export HEXE_JAVA_HOME="$WORK/jdk" XDG_RUNTIME_DIR="$WORK/run" HOME="$WORK/home"
cache=$WORK/run/hexe-policy

cat >functions.sh <<'END' # for shells in other namespaces as well
compiles() { # what the stand-in writes as a plan from now on
    "$BIN/planasm" >jdk/bin/plan.new && mv jdk/bin/plan.new jdk/bin/plan
}
depends() { # FILE: the record for it as it is
    printf 'depends %s %s %s %s %s %s\n' "$1" $(stat -c '%d %i %s' "$1") $(stat -c '%.9Y %.9Z' "$1" | tr -d .)
}
END
. ./functions.sh
apply() { # ARGUMENTS…: leaves out, err, $status, and whether it $compiled
    before=$(cat jdk/bin/compiled 2>/dev/null | wc -l)
    "$L" apply "$@" >out 2>err </dev/null
    status=$?
    compiled=$(($(cat jdk/bin/compiled 2>/dev/null | wc -l) - before))
}
hit() { [ $compiled = 0 ] && [ $status = 0 ]; ok $? "$1: the kept plan is used"; }
miss() { [ $compiled = 1 ] && [ $status = 0 ]; ok $? "$1: the plan is compiled"; }
clear_cache() { rm -rf run/hexe-policy; }
old() { touch -d '1 hour ago' "$@" 2>/dev/null; sleep 0.1; } # so that a change is seen as one

# --- the same inputs -----------------------------------------------------------------------------------------------

echo 'setenv FROM plan' | compiles
apply p -- sh -c 'echo $FROM'; miss "the first run"
[ "$(stat -c %a run/hexe-policy)" = 700 ]; ok $? "the cache's directory has mode 0700"
[ "$(stat -c %a run/hexe-policy/*.plan)" = 600 ]; ok $? "the plan has mode 0600"
apply p -- sh -c 'echo $FROM'; hit "the second run"
[ "$(cat out)" = plan ]; ok $? "the kept plan does the same"
apply p -- echo other; hit "another command"
(cd / && "$L" apply p -- true) && [ "$(wc -l <jdk/bin/compiled)" = 1 ]; ok $? "another directory: the kept plan is used"
clear_cache; mask=$(umask); umask 0777
apply p -- true; miss "with a mask that takes every right"
umask "$mask"
[ "$(stat -c %a run/hexe-policy)$(stat -c %a run/hexe-policy/*.plan)" = 700600 ]; ok $? "the cache is its owner's all the same"
apply p -- true; hit "afterwards"
UNRELATED=1 TERM=x; export UNRELATED TERM
apply p -- true; hit "another environment that profiles cannot name"

# --- lists of paths ------------------------------------------------------------------------------------------------

cp jdk/bin/plan plan.before
printf 'watch "%s\\n%s" "made @path" 0\nspawn 0 0\n' "$WORK/home/a" "$WORK/home/b" | compiles
apply lists -- touch home/a; miss "a plan with a list"
grep -q "made $WORK/home/a" err && ! grep -q "made $WORK/home/b" err; ok $? "compiled: what was made is said, and nothing else"
rm home/a
apply lists -- touch home/b; hit "with a list"
grep -q "made $WORK/home/b" err && ! grep -q "made $WORK/home/a" err; ok $? "kept: the same"
rm home/b
apply lists -- sh -c 'touch home/b; for plan; do : >"$plan"; done' sh "$cache"/*.plan; hit "a plan that is emptied by the command, for there is no root of its own"
grep -q "made $WORK/home/b" err; ok $? "what was made is said all the same"
rm -f home/b

own_root() {
    printf 'watch "%s" "made @path" 0\nspawn 1006764032 0\nid-map %s %s %s %s\n' "$WORK/home/a" $(id -u) $(id -u) $(id -g) $(id -g)
    printf 'propagation MS_SLAVE\nroot-tmpfs 0 0755\n'
    for path in /usr /bin /lib /lib64; do
        if [ -L $path ]; then
            echo "symlink $(readlink $path) $path"
        elif [ -d $path ]; then
            echo "bind $path $path MOUNT_ATTR_RDONLY 9"
        fi
    done
    printf 'proc /proc 14 8\npivot-root\nno-new-privileges\nchdir / ""\nclose-descriptors 3\ninit\n'
}
clear_cache
own_root | compiles
apply own -- true
if [ $status != 0 ]; then
    skip "a plan with a root of its own: $(head -1 err)"
else
    miss "a plan with a root of its own"
    mkfifo fifo && exec 9<>fifo
    "$L" apply own -- cat <fifo 9>&- >out 2>err &
    eventually grep -q ' r--p .*/hexe-policy/[0-9a-f]*\.plan$' /proc/$!/maps; ok $? "its pages are those of the file, and cannot be written"
    eventually pgrep -P $! >/dev/null
    : >"$(echo "$cache"/*.plan)"
    touch home/a
    exec 9>&-
    wait $!; [ $? = 135 ]; ok $? "one that is cut short meanwhile ends the run"
    grep -q 'cut short' err; ok $? "and it is said"
    rm -f fifo home/a
fi
mv plan.before jdk/bin/plan && rm jdk/bin/compiled && clear_cache
apply p -- true; apply p -- true

# --- other inputs --------------------------------------------------------------------------------------------------

apply p --strict -- true; miss "another argument"
apply p --strict -- true; hit "the same argument"
apply "p --strict" -- true; miss "one argument that reads like two"
apply "p
argument --strict" -- true; miss "an argument with a newline that reads like two"
HEXE_CGROUP_PIDS_MAX=9; export HEXE_CGROUP_PIDS_MAX
apply p -- true; miss "another HEXE_ variable"
apply p -- true; hit "the same HEXE_ variable"
HEXE_CGROUP_PIDS_MAX=8; apply p -- true; miss "another value of it"
unset HEXE_CGROUP_PIDS_MAX
HOME=$WORK; apply p -- true; miss "another HOME"
HOME=$WORK/home
for name in USER LOGNAME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME GNUPGHOME ZDOTDIR; do
    eval "was=\${$name-} is_set=\${$name+yes}"
    export $name=/else; apply p -- true; miss "another $name"
    if [ "$is_set" ]; then export $name="$was"; else unset $name; fi
done
apply p -- true; hit "all as before"
cp dist/bin/hexe-policy dist/bin/new && mv dist/bin/new dist/bin/hexe-policy
apply p -- true; miss "a new launcher"
apply p -- true; hit "the same launcher"
: >dist/lib/new.jar && mv dist/lib/new.jar dist/lib/hexe-policy.jar
apply p -- true; miss "a new jar"
apply p -- true; hit "the same jar"

# --- boots ---------------------------------------------------------------------------------------------------------

cat >boots <<'END'
[ -z "$1" ] || mount --bind "$1" /proc/sys/kernel/random/boot_id || exit 1
shift
exec "$@"
END
if [ "$(id -u)" = 0 ] && unshare -m sh boots '' true 2>/dev/null; then
    echo 01234567-0123-0123-0123-0123456789ab >another-boot
    : >no-boot
    ( for boot in '' another-boot; do
        before=$(wc -l <jdk/bin/compiled)
        unshare -m sh boots "$boot" "$L" apply p -- true || exit 1
        echo $(($(wc -l <jdk/bin/compiled) - before))
    done ) >out
    [ "$(echo $(cat out))" = "0 1" ]; ok $? "another boot: the plan is compiled"
    before=$(wc -l <jdk/bin/compiled)
    unshare -m sh boots no-boot sh -c '"$1" apply p -- true && "$1" apply p -- true' sh "$L"
    [ "$(wc -l <jdk/bin/compiled)" = $((before + 2)) ]; ok $? "a boot without an id: it is compiled each time"
else
    skip "another boot: the id of this one cannot be covered"
fi
# --- sandboxes, users, capabilities --------------------------------------------------------------------------------

inside() { # DESCRIPTION PROGRAM…: a run in other surroundings has a plan of its own
    description=$1
    shift
    before=$(wc -l <jdk/bin/compiled)
    "$@" "$L" apply p -- true >out 2>err
    [ $? = 0 ] && [ "$(wc -l <jdk/bin/compiled)" = $((before + 1)) ]
    ok $? "$description: the plan is compiled"
}
if command -v setpriv >/dev/null; then
    inside "no new privileges" setpriv --no-new-privs
    if [ "$(id -u)" = 0 ]; then
        inside "fewer capabilities" setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin
        inside "other groups" setpriv --groups 7,8
        inside "another group" setpriv --regid 7 --clear-groups
        chmod 711 . && mkdir -p theirs && chown 1000 theirs && : >jdk/bin/compiled && chmod 666 jdk/bin/compiled
        before=0
        XDG_RUNTIME_DIR=$WORK/theirs setpriv --reuid=1000 --regid=1000 --clear-groups "$L" apply p -- true
        [ $? = 0 ] && [ "$(wc -l <jdk/bin/compiled)" = 1 ]; ok $? "another user: the plan is compiled"
        setpriv --reuid=1000 --regid=1000 --clear-groups "$L" apply p -- true
        [ $? = 0 ] && [ "$(wc -l <jdk/bin/compiled)" = 2 ]; ok $? "another user's directory is not used"
    fi
fi
if unshare -U true 2>/dev/null; then
    inside "another user namespace" unshare -U --map-current-user
    apply p -- true; hit "outside of it"
    # What is mounted over a directory has its device; a bind mount of `/` would be the same root.
    mkdir -p root && inside "another root" unshare -Um --map-root-user sh -c '
        mount -t tmpfs none root || exit
        for name in /*; do
            if [ -L "$name" ]; then cp -P "$name" root
            elif [ -d "$name" ]; then mkdir "root$name" && mount --rbind "$name" "root$name"; fi
        done
        exec chroot root "$@"' sh
    # The number of a namespace that has ended is given again.
    mapped() { # IDS: a run in a new user namespace; its number is in `number`
        rm -f go && mkfifo go
        unshare -U sh -c 'read -r go <go; exec "$@"' sh "$L" apply p -- true &
        eventually separate "$!"
        number=$(readlink "/proc/$!/ns/user")
        echo "0 0 $1" >"/proc/$!/uid_map" && echo "0 0 $1" >"/proc/$!/gid_map"
        echo >go
        wait "$!"
    }
    separate() { [ "$(readlink "/proc/$1/ns/user")" != "$(readlink /proc/self/ns/user)" ]; }
    if [ "$(id -u)" = 0 ]; then
        seen='' again=''
        for ids in 2 2 2 2 2 2 2 2 3 3 3 3 3 3 3 3; do
            before=$(wc -l <jdk/bin/compiled)
            mapped "$ids"
            case "$seen" in
            *"$number-$ids"*) ;;
            *"$number"*) again="$again$(($(wc -l <jdk/bin/compiled) - before))" ;;
            esac
            seen="$seen $number-$ids"
        done
        case "$again" in
        '') skip "no user namespace had the number of one before it" ;;
        *) [ -z "$(echo "$again" | tr -d 1)" ]; ok $? "one with the number of another, and other ids: the plan is compiled" ;;
        esac
    fi
else
    skip "another user namespace: none can be made"
fi

# --- files ---------------------------------------------------------------------------------------------------------

echo one >profile; old profile
depends "$WORK/profile" | compiles
apply q -- true; miss "a profile"
apply q -- true; hit "the same profile"
echo two >profile
apply q -- true; [ $compiled = 1 ]; ok $? "a profile that was edited: the plan is compiled"
sleep 0.1; depends "$WORK/profile" | compiles
apply q -- true; miss "and again"
apply q -- true; hit "and then no more"
touch -r profile stamp; echo six >other; touch -r stamp other; mv other profile
apply q -- true; [ $compiled = 1 ]; ok $? "a profile of the same size and time: the plan is compiled"
sleep 0.1; depends "$WORK/profile" | compiles
apply q -- true; apply q -- true; hit "it is kept"
touch -r profile stamp; echo 777 >profile; touch -r stamp profile
"$L" cache why q >out; grep -q '^miss: `.*profile. has changed$' out; ok $? "a profile of equal size, rewritten in place with its time set back: why it is not used"
apply q -- true; [ $compiled = 1 ]; ok $? "and the plan is compiled"
sleep 0.1; depends "$WORK/profile" | compiles
apply q -- true; apply q -- true; hit "it is kept"
rm profile
apply q -- true; [ $compiled = 1 ]; ok $? "a profile that was removed: the plan is compiled"
printf 'depends %s 0 0 0 0 0\n' "$WORK/no-such-profile" | compiles
apply r -- true; apply r -- true; hit "a profile that does not exist"
: >no-such-profile
apply r -- true; [ $compiled = 1 ]; ok $? "a profile that exists now: the plan is compiled"
apply r -- true; [ $compiled = 1 ]; ok $? "a plan that is out of date already is not kept"
echo one >profile; old profile; ln -s profile link; sleep 0.1
{ depends "$WORK/link"; depends "$WORK/profile"; } | compiles
apply s -- true; apply s -- true; hit "a profile behind a symlink"
echo two >profile
apply s -- true; [ $compiled = 1 ]; ok $? "what the symlink leads to was edited: the plan is compiled"
sleep 0.1; { depends "$WORK/link"; depends "$WORK/profile"; } | compiles
apply s -- true; apply s -- true; hit "it is kept"
ln -sf stamp link
apply s -- true; [ $compiled = 1 ]; ok $? "the symlink leads elsewhere: the plan is compiled"

echo one >profile; old profile
depends "$WORK/profile" | compiles
printf '#!/bin/sh\necho two >%s\n' "$WORK/profile" >jdk/bin/meanwhile; chmod 755 jdk/bin/meanwhile
apply t -- true
rm jdk/bin/meanwhile
apply t -- true; [ $compiled = 1 ]; ok $? "a profile that changes while it is compiled: the plan is not kept"

# --- many files in one directory -----------------------------------------------------------------------------------

cat >>functions.sh <<'END'
in_one() { # DIRECTORY: a plan that depends on names in it
    for name in x y deep/x deep/y nowhere/x; do printf 'depends %s 0 0 0 0 0\n' "$1/$name"; done
    for name in a b; do depends "$1/$name" | sed 's/^depends/depends-entry/'; done
}
keep_one() { in_one "$D" | compiles; "$L" apply "$1" -- true >/dev/null 2>&1 </dev/null; }
is_used() { [ "$("$L" cache why "$1" 2>&1 | cut -d: -f1)" = hit ]; }
END
. ./functions.sh
changes='content=echo more >>$D/a
appeared=: >$D/x
deep=mkdir $D/deep; : >$D/deep/y
dangling=ln -s nowhere $D/y
removed=rm $D/b
other=cp $D/a $D/c; mv $D/c $D/a
link=mv $D/b $D/b2; ln -s b2 $D/b
whole=mv $D $D.old; cp -a $D.old $D
elsewhere=mkdir $D.far; : >$D.far/x
unrelated=: >$D/unrelated'
each_change() { printf '%s\n' "$changes" | while IFS== read -r name script; do D=$WORK/in-$name; "$@" "in-$name" || echo "$name"; done; }
make_one() { mkdir "$D" && echo one >"$D/a" && echo one >"$D/b" && ln -s "$D.far" "$D/nowhere"; }
says_after() {
    sh -c "D=$D; $script"
    case $name in content | unrelated) is_used "$1" ;; *) ! is_used "$1" ;; esac
}
each_change make_one
mkdir -p layers/top layers/one layers/other && touch layers/top/a layers/top/b layers/other/x
sleep 3 # what has just changed could change again and seem not to have
each_change keep_one
[ -z "$(each_change is_used)" ]; ok $? "a plan that depends on names in a directory is used"
D=$WORK/in-content
if strace -o /dev/null true 2>/dev/null; then
    strace -o trace "$L" apply in-content -- true >/dev/null 2>&1 </dev/null
    [ "$(grep -c "\"$D" trace)" = 2 ]; ok $? "and one look at it stands for six, but none for what is behind a symlink that leads nowhere ($(grep -c "\"$D" trace))"
else
    skip "how often it is looked at: needs strace"
fi
wrong=$(each_change says_after)
[ -z "$wrong" ]; ok $? "each change that counts is seen, and no other" $wrong
cat >layers.sh <<'END'
. ./functions.sh
D=$WORK/shown
show() { umount "$D" 2>/dev/null; mount -t overlay -o "lowerdir=layers/top:layers/$1" overlay "$D"; }
show one && keep_one layers && is_used layers || exit 9
show other
[ -e "$D/x" ] && ! is_used layers
END
mkdir shown
L=$L WORK=$WORK BIN=$BIN unshare -rm sh layers.sh 2>err
case $? in
    9) skip "an overlay of other directories: $(head -1 err)" ;;
    *) ok $? "an overlay that shows other directories, of which the first has not changed" ;;
esac
mkdir recent; echo one >recent/a; echo one >recent/b; sleep 0.1
in_one "$WORK/recent" | compiles
apply recent -- true; : >recent/x
apply recent -- true; [ $compiled = 1 ]; ok $? "a directory that had changed a moment before: what appears in it is seen"
echo one >profile; old profile; mkdir around; sleep 0.1
{ printf 'depends-directory %s %s %s 1\n' "$WORK/around" "$(stat -c '%d %i' around)" "$(stat -c %.9Z around | tr -d .)"; depends "$WORK/profile"; } | compiles
apply around -- true; echo two >profile
apply around -- true; [ $compiled = 1 ]; ok $? "a directory stands for no file whose content counts"

# --- the working directory -----------------------------------------------------------------------------------------

mkdir -p one two
printf 'working-directory %s\n' "$WORK/one" | compiles
(cd one && "$L" apply ./w.yaml -- true)
before=$(wc -l <jdk/bin/compiled)
(cd one && "$L" apply ./w.yaml -- true); [ "$(wc -l <jdk/bin/compiled)" = "$before" ]; ok $? "relative paths in the same directory: the kept plan is used"
(cd two && "$L" apply ./w.yaml -- true); [ "$(wc -l <jdk/bin/compiled)" = $((before + 1)) ]; ok $? "relative paths in another directory: the plan is compiled"
before=$(wc -l <jdk/bin/compiled)
printf 'working-directory %s\n' "$WORK/two" | compiles
(cd two && "$L" apply ./w.yaml -- true)
for round in 1 2; do (cd one && "$L" apply ./w.yaml -- true); (cd two && "$L" apply ./w.yaml -- true); done
[ "$(wc -l <jdk/bin/compiled)" = $((before + 1)) ]; ok $? "relative paths in two directories in turn: a plan is kept for each"
compiles </dev/null; (cd one && "$L" apply ./x.yaml -- true); before=$(wc -l <jdk/bin/compiled)
(cd two && "$L" apply ./x.yaml -- true); [ "$(wc -l <jdk/bin/compiled)" = "$before" ]; ok $? "a plan that fits everywhere is kept once"
printf 'depends-identity %s %s %s\n' "$WORK/one" $(stat -c '%d %i' one) | compiles
apply i -- true; touch one/new; apply i -- true; hit "something was made in a directory that a plan depends on"
mv one gone; mkdir one; apply i -- true; [ $compiled = 1 ]; ok $? "another directory in its place: the plan is compiled"
rmdir one; mv gone one
printf 'working-directory %s\n' "$WORK/one" | compiles
cp jdk/bin/plan relative; chmod 600 relative
"$L" run relative -- true 2>err; [ $? = 125 ]; ok $? "\`run\` refuses such a plan elsewhere"

# --- the command, and the project ----------------------------------------------------------------------------------

clear_cache
echo 'setenv FROM plan' | compiles
apply c -- true
printf '%s\n' 'note for-command true' 'setenv FROM plan' | compiles
apply c --strict -- true; miss "the first run of a plan for one command"
apply c --strict -- true with arguments; hit "the same command"
apply c --strict -- echo; miss "another command"
apply c --strict -- echo; hit "that other command again"
apply c --strict -- true; hit "and the first one, which is kept beside it"
PATH=$PATH:/nonexistent; apply c --strict -- true; miss "the same command, which finds other programs"
PATH=${PATH%:/nonexistent}; apply c --strict -- true; hit "and as before"
apply c -- echo; hit "a plan for all commands"
[ "$("$L" cache why c --strict -- echo)" != "$("$L" cache why c --strict -- true)" ]; ok $? "\`cache why\` knows a command's own plan"

echo 'setenv FROM plan' | compiles
mkdir -p proj/deep
apply p -- true
(cd proj/deep && "$L" apply p -- true); before=$(wc -l <jdk/bin/compiled)
: >proj/.hexe-policy.yaml
(cd proj/deep && "$L" apply p -- true); [ "$(wc -l <jdk/bin/compiled)" = $((before + 1)) ]; ok $? "a project's policy above: the plan is compiled"
(cd proj && "$L" apply p -- true); [ "$(wc -l <jdk/bin/compiled)" = $((before + 1)) ]; ok $? "elsewhere in the project: the kept plan is used"
: >proj/deep/.hexe-policy.yaml
(cd proj/deep && "$L" apply p -- true); [ "$(wc -l <jdk/bin/compiled)" = $((before + 2)) ]; ok $? "a nearer policy: the plan is compiled"
apply p -- true; hit "outside of it"
rm proj/.hexe-policy.yaml proj/deep/.hexe-policy.yaml

# --- what is in the cache ------------------------------------------------------------------------------------------

: | compiles
fresh() { clear_cache; apply p -- true; kept=$(echo run/hexe-policy/*.plan); }
recompiled() { apply p -- true; [ $compiled = 1 ] && [ $status = 0 ]; ok $? "$1: the plan is compiled"; }
fresh; head -c 40 "$kept" >short; cat short >"$kept"; recompiled "a file that was cut short"
fresh; : >"$kept"; recompiled "an empty file"
fresh; head -c 4096 /dev/urandom >"$kept"; recompiled "a file with anything in it"
fresh; "$BIN/planasm" </dev/null >"$kept"; recompiled "a plan without a key"
printf 'note cache-key foreign\n' | "$BIN/planasm" >"$kept"; recompiled "a plan of somebody else's"
fresh; cp "$kept" copy; chmod 600 copy; rm "$kept"; ln -s "$WORK/copy" "$kept"; recompiled "a symlink"
fresh; chmod 622 "$kept"; recompiled "a file others can write"
fresh; rm "$kept"; mkfifo "$kept"; recompiled "a fifo"
fresh; rm "$kept"; mkdir "$kept"; recompiled "a directory in its place"
fresh; chmod 755 run/hexe-policy; recompiled "a directory others can read"
fresh; chmod 777 run/hexe-policy; recompiled "a directory others can write"
fresh; mv run/hexe-policy run/real; ln -s real run/hexe-policy; recompiled "a directory behind a symlink"
rm -rf run/hexe-policy run/real
if [ "$(id -u)" = 0 ]; then
    fresh; chown 1000 "$kept"; recompiled "a file of another user"
    fresh; chown 1000 run/hexe-policy; recompiled "a directory of another user"
fi
clear_cache; : >run/hexe-policy; recompiled "a file in the directory's place"; rm run/hexe-policy
XDG_RUNTIME_DIR=relative; recompiled "a relative XDG_RUNTIME_DIR"
XDG_RUNTIME_DIR=$WORK/nowhere; recompiled "an XDG_RUNTIME_DIR that does not exist"
XDG_RUNTIME_DIR=$WORK/run
fresh; apply p -- true; hit "a cache in good order"

# --- several at once -----------------------------------------------------------------------------------------------

clear_cache
for i in 1 2 3 4; do "$L" apply p -- echo $i >out$i 2>&1 & done
wait
[ "$(cat out1 out2 out3 out4 | tr '\n' ' ')" = '1 2 3 4 ' ]; ok $? "first runs at the same time all succeed"
[ "$(ls -A run/hexe-policy | wc -l)" = 1 ]; ok $? "they leave one plan"
apply p -- true; hit "and it is whole"

# --- plans that fail -----------------------------------------------------------------------------------------------

mkdir gone
printf 'private-directory %s p- 0700 X\nspawn 0 0\n' "$WORK/gone" | { clear_cache; compiles; apply v -- true; rmdir gone; rm -f ran; : | compiles; }
: | compiles
apply v -- sh -c 'echo ran >>ran'
[ $status = 0 ] && [ $compiled = 1 ] && [ "$(cat ran)" = ran ] && [ ! -s err ]
ok $? "a kept plan that fails before its spawn: it is compiled again"
told_once() { # DESCRIPTION ACTIONS: a kept plan that fails when `gone` is gone, and tells on descriptor 3
    clear_cache; mkdir -p gone
    printf 'status-descriptor 3\n%s\n' "$2" | compiles
    "$L" apply w -- true 3>told >out 2>err && "$L" apply w -- true 3>told >out 2>err
    rmdir gone
    printf 'status-descriptor 3\nspawn 0 0\n' | compiles
    "$L" apply w -- true 3>told >out 2>err; status=$?
    [ $status = 0 ] && [ "$(sed 's/^{"event":"\([a-z-]*\)".*/\1/' told | tr '\n' ' ')" = 'setup-warnings started ready exited ' ]
    ok $? "$1: what is told of it is the second try alone"
}
told_once "a kept plan that fails before its spawn" "private-directory $WORK/gone p- 0700 X
spawn 0 0"
told_once "a kept plan that fails in its child" "spawn 0 0
no-new-privileges
landlock-ruleset 4 0 0
landlock-path $WORK/gone 4 0
landlock-path / 4 0
landlock-restrict 0"
kept_failure() { # PLAN: it succeeds at first and fails later, when `gone` is gone
    clear_cache; mkdir -p gone; rm -f ran
    compiles
    apply v -- true; apply v -- true
    [ $compiled = 0 ] || echo "# it was not kept"
    rmdir gone
}
printf 'spawn 0 0\nno-new-privileges\nlandlock-ruleset 4 0 0\nlandlock-path %s 4 0\nlandlock-path / 4 0\nlandlock-restrict 0\n' "$WORK/gone" | kept_failure
printf 'spawn 0 0\nsetenv NEW 1\n' | compiles
apply v -- sh -c 'echo ran$NEW >>ran'
[ $status = 0 ] && [ $compiled = 1 ] && [ "$(cat ran)" = ran1 ] && [ ! -s err ]
ok $? "a kept plan that fails in its child: it is compiled again, and the command runs once"
printf 'private-directory %s p- 0700 X\nspawn 0 0\nno-new-privileges\nlandlock-ruleset 4 0 0\nlandlock-path %s 4 0\nlandlock-path / 4 0\nlandlock-restrict 0\n' "$WORK" "$WORK/gone" | kept_failure
: | compiles
apply v -- true
[ $status = 0 ] && [ -z "$(ls -d p-* 2>/dev/null)" ]; ok $? "what the first try made is removed"
printf 'no-new-privileges\nlandlock-ruleset 4 0 0\nlandlock-path %s 4 0\nlandlock-path / 4 0\nlandlock-restrict 0\n' "$WORK/gone" | kept_failure
: | compiles
apply v -- sh -c 'echo ran >>ran'
[ $status = 125 ] && [ ! -e ran ]; ok $? "a kept plan that fails in place, too late: nothing runs"
apply v -- true; miss "the next run"
printf 'spawn 0 0\n' | kept_failure
apply v -- sh -c 'echo ran >>ran; exit 125'
[ $status = 125 ] && [ $compiled = 0 ] && [ "$(cat ran)" = ran ]; ok $? "a command that ends with 125 is not run again"
printf 'spawn 0 0\nno-new-privileges\nlandlock-ruleset 4 0 0\nlandlock-path %s 4 0\nlandlock-path / 4 0\nlandlock-restrict 0\n' "$WORK/gone" | kept_failure
apply v -- sh -c 'echo ran >>ran'
[ $status = 125 ] && [ $compiled = 1 ] && [ ! -e ran ]; ok $? "a plan that fails again is not compiled for ever"

# --- every failure of a kept plan ----------------------------------------------------------------------------------

whole_sandbox() {
    cat <<END
private-directory $WORK p- 0700 X
spawn CLONE_NEWUSER|CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWUTS 0
id-map UID UID GID GID
propagation MS_SLAVE
root-tmpfs 0 0755
bind /usr /usr MOUNT_ATTR_RDONLY 9
bind $WORK $WORK 0 9
END
    for top in bin lib lib64; do
        [ -L /$top ] && echo "symlink $(readlink /$top) /$top"
        [ ! -L /$top ] && [ -d /$top ] && echo "bind /$top /$top 1 9"
    done
    cat <<END
proc /proc 14 8
pivot-root
hostname box
no-new-privileges
drop-capabilities 0 0
chdir / ""
close-descriptors 3
landlock-ruleset 8191 0 0
landlock-path / 8191 0
landlock-restrict 0
seccomp-filter 060000000000ff7f 0
init
END
}
fails_well() { # CALL NUMBER: the command runs once, by a new plan
    rm -f ran
    clear_cache
    cp whole jdk/bin/plan
    "$L" apply v -- true >/dev/null 2>&1
    : | compiles
    before=$(wc -l <jdk/bin/compiled)
    strace -f -o trace -e "inject=$1:error=EPERM:when=$2" "$L" apply v -- sh -c "echo ran >>$WORK/ran" >out 2>err </dev/null
    status=$?
    grep -q INJECTED trace || return 2
    tried=$((tried + 1))
    after=$(wc -l <jdk/bin/compiled)
    if [ $status = 0 ]; then
        [ "$(cat ran)" = ran ] && [ $((after - before)) -le 1 ] && [ -z "$(ls -d p-* 2>/dev/null)" ]
    else
        [ ! -e ran ] && [ $((after - before)) -le 1 ] && [ -z "$(ls -d p-* 2>/dev/null)" ]
    fi
}
whole_sandbox | "$BIN/planasm" >whole
cp whole jdk/bin/plan
clear_cache
apply v -- true
if strace -f -o /dev/null true 2>/dev/null && [ $status = 0 ]; then
    tried=0
    wrong=
    for call in clone3 openat2 open_tree mount_setattr move_mount fsopen fsconfig fsmount mount pivot_root umount2 \
        sethostname landlock_create_ruleset landlock_add_rule landlock_restrict_self seccomp capset close_range; do
        number=1
        while fails_well $call $number || { [ $? = 1 ] && wrong="$wrong $call:$number"; }; do
            number=$((number + 1))
            [ $number -le 3 ] || break
        done
    done
    [ -z "$wrong" ] && [ $tried -gt 15 ]; ok $? "a kept plan that fails at any of $tried calls: nothing runs twice, nothing is left$wrong"
    : | compiles
else
    skip "a failure at every system call of a kept plan: needs strace and a whole sandbox"
fi

# --- plans that fall short -----------------------------------------------------------------------------------------

clear_cache
echo 'warn "warning: something is not enforced"' | compiles
apply x -- true; apply x -- true; hit "a plan with a warning"
grep -q 'not enforced' err; ok $? "it warns each time"
touch -d '1 hour ago' run/hexe-policy/*.plan
apply x -- true; miss "a plan with a warning, an hour later"
: | compiles
apply y -- true; touch -d '1 hour ago' run/hexe-policy/*.plan
apply y -- true; hit "a plan without one, an hour later"

# --- telling -------------------------------------------------------------------------------------------------------

"$L" cache why y >out 2>&1; grep -q '^hit: ' out; ok $? "a hit is explained"
"$L" cache why z >out 2>&1; grep -q '^miss: ' out; ok $? "a miss is explained"
"$L" doctor >out 2>&1; grep -q -- "^-Dhexe.cache=$cache\$" out; ok $? "Java is told where the cache is"
chmod 755 run/hexe-policy
"$L" doctor >out 2>&1; grep -q -- '^-Dhexe.cache.problem=.*0700' out; ok $? "or what is wrong with it"

# --- the directories of the last run -------------------------------------------------------------------------------

T=$WORK/tree
for name in a b c d e f g h i j k l m n o; do mkdir -p "$T/$name/1/2"; done
mkdir -p "$T/a/git/objects" "$T/a/git/refs" && echo x >"$T/a/git/HEAD" && echo x >"$T/a/git/config" && echo x >"$T/b/.git"
mkdir "$T/hollow" && echo x >"$T/hollow/HEAD" && mkdir "$T/hollow/objects" # it lacks one thing to be a git directory
clear_cache
printf 'git-data @cwd 60 "git obeys it"\nspawn 0 0\n' | compiles
sleep 3 # what has just changed could change again and seem not to have
in_tree() { (cd "$T" && "$L" apply tree -- "$@") >out 2>err </dev/null; status=$?; }
says_nothing() { [ $status = 0 ] && ! grep -q 'git obeys it' err; ok $? "$1"; }
in_tree true; says_nothing "nothing was made: nothing is told"
note=$(echo run/hexe-policy/note.directories.*)
[ "$(stat -c %a "$note")" = 600 ]; ok $? "directories are noted beside the plan, with mode 0600"
"$L" cache list >out 2>&1; ! grep -q note out; ok $? "a note is not listed as a plan"
in_tree true; says_nothing "nor in the next run"
if strace -o /dev/null true 2>/dev/null; then
    (cd "$T" && strace -o "$WORK/trace" -e trace=getdents64 "$L" apply tree -- true) >out 2>err </dev/null
    [ "$(wc -l <trace)" -lt 20 ]; ok $? "which reads few of them again ($(wc -l <trace) calls)"
else
    skip "how many are read again: needs strace"
fi
cp "$note" note
git='mkdir objects refs; echo x >HEAD; echo x >config'
while read -r script; do
    [ -n "$script" ] || continue
    cp note "$note"
    cp -a "$T" "$T.before"
    in_tree sh -c "$script"
    [ $status = 0 ] && grep -q 'git obeys it' err; ok $? "in a known directory: $script"
    # Put back file by file, so that all else stays as it is known.
    for file in a/git/config b/.git; do [ ! -f "$T/$file" ] || cmp -s "$T/$file" "$T.before/$file" || echo x >"$T/$file"; done
    rm -rf "$T.before" "$T"/*/1/2/* "$T"/*/1/x "$T/hollow/refs" "$T/hollow/config" "$T/old"
done <<END
cd c/1/2 && $git
cd d/1/2 && $git && touch -d '1 hour ago' . * && touch -r ../../../a .
echo 'gitdir: y' >b/.git
echo 'gitdir: y' >e/1/2/.git
echo y >a/git/config
echo y >a/git/config && touch -r a/git/HEAD a/git/config
mkdir f/1/x && cd f/1/x && $git
mkdir old && cd old && $git && mv ../old ../g/1/2/x
mv h/1/2 old && mkdir h/1/2 && cd h/1/2 && $git
mv i/1 old && mkdir -p i/1/2 && cd i/1/2 && $git && cd ../../.. && mv i/1 i/x && mv old i/1 && mv i/x i/1/x
cd hollow && mkdir refs && echo x >config
cd j/1/2 && ln -s /nowhere .git
END
broken() { # BYTES OFFSET: those of the note are others
    cp note "$note"
    printf "$1" | dd of="$note" bs=1 seek="$2" conv=notrunc 2>/dev/null
    in_tree sh -c "cd k/1/2 && $git"
    [ $status = 0 ] && grep -q 'k/1/2/config. was made' err; ok $? "a note with other bytes at $2 hides nothing"
    rm -rf "$T"/k/1/2/*
}
for at in 0 8 12 16 20 24 $((32 + 28)) $((32 + 36)) $((32 + 40)) $((32 + 56 + 36)); do broken '\377\377\377\177' "$at"; done
head -c 100 note >"$note"
in_tree sh -c "cd k/1/2 && $git"; [ $status = 0 ] && grep -q 'k/1/2/config. was made' err; ok $? "nor does a part of one"
rm -rf "$T"/k/1/2/*
cp note "$note" && chmod 666 "$note"
in_tree true; says_nothing "one that others can write is not used"
[ "$(stat -c %a "$note")" = 600 ]; ok $? "and is made anew"

# behind a command of 10 s all of these would be searched
T=$WORK/many
mkdir "$T" && (cd "$T" && mkdir $(seq 3000))
sleep 3
says_more() { [ $status = 0 ] && grep -q 'has more directories' err; }
in_tree true; says_more; ok $? "where there are more directories than are searched, it is told"
in_tree true; [ $status = 0 ] && ! says_more; ok $? "and not in each run"
in_tree sh -c 'touch -- *'; says_more; ok $? "but in one that changes most of those that are searched, as who puts others in their place does"

echo "1..$count"
[ $failed = 0 ] || { echo "# $failed of $count failed ($who)"; exit 1; }
