#!/bin/sh
# What the watcher notes, and where it writes it. A stand-in for Java gives the plan; what is seen is asked for as it is. BIN
# has the programs, WORK is an empty directory of our own.
set -u
. "$BIN/tap.sh"

mkdir -p dist/bin dist/lib jdk/bin run home/data home/proj
chmod 700 run
cp "$BIN/hexe-policy" dist/bin/ && : >dist/lib/hexe-policy.jar
L=$WORK/dist/bin/hexe-policy
cat >jdk/bin/java <<'END'
#!/bin/sh
here=$(dirname "$0")
for argument; do
    case $argument in -Dhexe.plan=*) plan=${argument#-Dhexe.plan=} ;; esac
done
[ -n "${plan-}" ] || { printf '%s\n' "$@" >"$here/asked"; exit 0; }
cat "$here/plan" >"$plan"
END
chmod 755 jdk/bin/java
export HEXE_JAVA_HOME="$WORK/jdk" XDG_RUNTIME_DIR="$WORK/run" HOME="$WORK/home"
H=$WORK/home
echo secret >"$H/secret"
echo data >"$H/data/file"
if ! printf 'spawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\npropagation MS_SLAVE\nroot-host\n' | "$BIN/planasm" | "$L" --probe 2>/dev/null | grep -q '^ok'; then
    skip "what is observed: no mounts in a user namespace"
    exit 0
fi
printf 'spawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\npropagation MS_SLAVE\nroot-host\nhide "%s" "" 0\nprotect "%s" "" 0\ndrop-capabilities 0 0\nno-new-privileges\nchdir / ""\nclose-descriptors 3\n' \
    "$H/secret" "$H/data/file" | "$BIN/planasm" >jdk/bin/plan

observe() { # OPTION SCRIPT: leaves out, err, notes and $code
    rm -f notes
    (cd "$H/proj" && exec "$L" why p "$1$WORK/notes" -- sh -c "$2") >out 2>err </dev/null
    code=$?
}
noted() { grep -q -- "$1" notes; ok $? "$2"; }
unnoted() { ! grep -q -- "$1" notes; ok $? "$2"; }

observe --why-notes= 'true'
if ! grep -q '"watched":true' notes; then
    skip "what is observed: processes cannot be traced here"
    exit 0
fi

# --- what is refused -----------------------------------------------------------------------------------------------

observe --why-notes= "cat $H/secret; cat ../secret; cat $H/secret; exit 7"
[ "$code" = 7 ];                                 ok $? "the status is the command's"
noted "\"want\":\"read\".*\"error\":\"EACCES\",\"path\":\"$H/secret\"" "what cannot be read is noted with its whole path"
noted "\"path\":\"$H/secret\",\"count\":2"       "equal ones are counted"
noted "\"command\":\"cat $H/secret\""            "and the command line is there"
[ ! -e jdk/bin/asked ];                          ok $? "no Java is asked for notes"
observe --why-notes= "ln -sf ../secret link; cat link; echo x >>$H/data/file"
noted "\"path\":\"$H/secret\""                   "a path is followed through symlinks"
noted "\"want\":\"write\".*\"path\":\"$H/data/file\"" "what cannot be written is noted"
observe --why-notes= "cat $H/none /no/such; ls /proc/1/no; mkdir $H; cat $H/proj; rmdir /; exit 0"
unnoted '"want"'                                 "what fails outside as well is not"
observe --why-notes= 'kill -9 $$'
[ "$code" = 137 ];                               ok $? "a signal that ends the command ends the watcher likewise"

# --- what is used --------------------------------------------------------------------------------------------------

observe --why-uses= "cat $H/data/file; echo x >made; rm made; cat $H/secret"
noted "\"want\":\"read\".*\"error\":\"\",\"path\":\"$H/data/file\"" "what is read is noted where everything is asked for"
noted "\"want\":\"write\".*\"error\":\"\",\"path\":\"$H/proj/made\"" "and what is written"
noted "\"want\":\"remove\".*\"error\":\"\",\"path\":\"$H/proj/made\"" "and what is removed"
noted '"want":"execute".*"path":"[^"]*/cat"'     "and programs"
noted "\"error\":\"EACCES\",\"path\":\"$H/secret\"" "beside what is refused"

# --- limits and rights ---------------------------------------------------------------------------------------------

# The plan has limits on what each process may have: open files, the size of a file, the address space, processor time.
printf 'spawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\npropagation MS_SLAVE\nroot-host\ndrop-capabilities 0 0\nno-new-privileges\nrlimit 9 300000000 300000000\nrlimit RLIMIT_NOFILE 11 11\nrlimit 1 1024 1024\nrlimit 0 1 1\nchdir / ""\nclose-descriptors 3\n' |
    "$BIN/planasm" >jdk/bin/limited 2>planasm.err || cat planasm.err
mv jdk/bin/plan jdk/bin/unlimited && mv jdk/bin/limited jdk/bin/plan && rm -rf run/hexe-policy
limit() { printf '"want":"limit","call":"[a-z0-9]*","error":"%s","number":%s' "$1" "$2"; }
observe --why-notes= "head -c 5000 /dev/zero >large; trap '' XFSZ; head -c 5000 /dev/zero >large; exec 3</ 4</ 5</ 6</ 7</ 8</ 9</; paste / /bin /etc"
noted "$(limit SIGXFSZ 1)"                       "a file that gets too large is noted, also where the signal is ignored"
noted "$(limit EMFILE 7)"                        "and an open file too many"
observe --why-notes= 'head -c 1 /dev/null; dd if=/dev/zero of=/dev/null bs=400M count=1'
noted "$(limit ENOMEM 9)"                        "and memory that is not given"
observe --why-notes= 'while :; do :; done'
noted "$(limit SIGKILL 0)"                       "and the end of a process that has used its time"
observe --why-notes= 'sh -c "kill -9 \$\$"; sh -c "kill -XCPU \$\$"'
unnoted '"want":"limit"'                         "a signal that somebody sends is none of them"
if [ "$(id -u)" != 0 ] && [ -u /usr/bin/su ]; then
    observe --why-notes= 'su --no-such-option'
    noted '"want":"gain".*"path":"/usr/bin/su","number":1' "a setuid program that fails without its rights is noted"
    observe --why-notes= 'su --version'
    unnoted '"want":"gain"'                      "and one that has done without is not"
else
    skip "setuid programs: root has the rights that they give"
fi
mv jdk/bin/unlimited jdk/bin/plan && rm -rf run/hexe-policy
observe --why-notes= 'head -c 5000 /dev/zero >large; rm large'
unnoted '"want":"limit"'                         "without limits none is noted"

# --- where it goes -------------------------------------------------------------------------------------------------

echo precious >"$H/precious"
why() { (cd "$H/proj" && exec "$L" why p "$@") >out 2>err </dev/null; code=$?; }
why --why-notes=report -- sh -c "rm -f report; ln -s ../precious report; cat $H/secret"
[ "$(cat "$H/precious")" = precious ];           ok $? "a symlink that the command makes is not followed"
why --why-notes=report -- touch ran
[ "$code" = 125 ] && [ ! -e "$H/proj/ran" ];     ok $? "nor one that is there"
grep -q 'is a symlink' err;                      ok $? "and it is said"
why --why-notes=/dev/stdout -- cat "$H/secret"
grep -q '"path"' out;                            ok $? "standard output can be named"
why --why-notes=/no/such/file -- touch ran
[ "$code" = 125 ] && [ ! -e "$H/proj/ran" ];     ok $? "nothing runs where the file cannot be made"
why --why=answer -- cat "$H/secret"
grep -q -- '^--observed=/proc/self/fd/' jdk/bin/asked && grep -qx -- '--why=-' jdk/bin/asked
ok $? "Java explains, and writes to the file that was opened"

echo "1..$count"
[ "$failed" = 0 ] || echo "# $failed of $count failed ($who)"
[ "$failed" = 0 ]
