#!/bin/sh
# What the launcher does for a JVM under limits, and says of one that fails. A stand-in for Java prints what it was given.
set -u
. "$BIN/tap.sh"

mkdir -p dist/bin dist/lib jdk/bin run home
chmod 700 run
cp "$BIN/hexe-policy" dist/bin/ && : >dist/lib/hexe-policy.jar
L=$WORK/dist/bin/hexe-policy
export HEXE_JAVA_HOME="$WORK/jdk" XDG_RUNTIME_DIR="$WORK/run" HOME="$WORK/home"

java() { # a script on standard input takes the place of Java
    { echo '#!/bin/sh'; cat; } >jdk/bin/java.new && chmod 755 jdk/bin/java.new && mv jdk/bin/java.new jdk/bin/java
}
hexe() { "$L" "$@" >out 2>err </dev/null; status=$?; }
refused() { [ $status = 125 ] && grep -q -- "$1" err && grep -q 'help: ' err && [ "$(grep -c . err)" = 2 ]; }

# --- where it is looked for ----------------------------------------------------------------------------------------

# Mounts of its own take the place of what this system has installed; a `java` comes first in PATH.
installed() { # DIRECTORY VERSION…
    directory=$1
    shift
    for version; do
        mkdir -p "$directory/java-$version/bin"
        printf '#!/bin/sh\necho %s\n' "$version" >"$directory/java-$version/bin/java"
        chmod 755 "$directory/java-$version/bin/java"
        echo "JAVA_VERSION=\"$version.0.1\"" >"$directory/java-$version/release"
    done
}
found() { # VERSION
    unshare -rm sh -c 'mount --bind "$1/lib64" /usr/lib64 && mount --bind "$1/jvm" /usr/lib/jvm && shift && unset HEXE_JAVA_HOME JAVA_HOME && "$@"' sh "$WORK" \
        env JAVA_HOME="${named-}" PATH="$WORK/first:$PATH" "$L" doctor >out 2>err </dev/null
    [ $? = 0 ] && [ "$(cat out)" = "$1" ]
}
if [ -d /usr/lib64 ] && [ ! -L /usr/lib64 ] && [ ! -e /usr/lib64/libc.so.6 ] && [ -d /usr/lib/jvm ] && unshare -rm true 2>/dev/null; then
    mkdir -p lib64 jvm first
    cp -a /usr/lib64/. lib64
    printf '#!/bin/sh\necho first\n' >first/java && chmod 755 first/java
    found first;                                   ok $? "where none is installed, PATH is asked"
    installed lib64/jvm 11;                         found first; ok $? "one that is too old counts for nothing"
    installed . 30
    named=$WORK/java-30 found 30;                   ok $? "where none is installed, JAVA_HOME comes before PATH"
    named=java-30 found first;                      ok $? "but not one in the working directory"
    installed lib64/jvm 17;                         found 17; ok $? "one below /usr/lib64/jvm comes before PATH"
    chmod o+w java-30/bin
    named=$WORK/java-30 found 17;                   ok $? "and before a JAVA_HOME that others than root can make or change"
    installed jvm 21;                               found 21; ok $? "a newer one below /usr/lib/jvm comes before it"
    installed lib64/jvm 25;                         found 25; ok $? "the newest of both is taken"
else
    skip "where Java is looked for (needs mounts of its own, and a system that keeps no C library in /usr/lib64)"
fi

# --- signals -------------------------------------------------------------------------------------------------------

printf 'for signal in HUP INT QUIT TERM; do kill -$signal $$; done; echo on\n' | java
ignoring() { perl -e '$SIG{$_} = shift @ARGV for qw(HUP INT QUIT TERM); exec @ARGV' "$@" >out 2>err </dev/null; }
ignoring IGNORE IGNORE IGNORE IGNORE "$L" doctor; [ "$(cat out)" = on ]; ok $? "what the caller ignores, as nohup does, does not end Java"
ignoring DEFAULT DEFAULT DEFAULT DEFAULT "$L" doctor; [ $? = 129 ]; ok $? "what it does not ignore does"
ignoring IGNORE DEFAULT IGNORE IGNORE "$L" apply p -- true; grep -q 'signal 2' err; ok $? "each for itself, when a plan is compiled"

# --- limits --------------------------------------------------------------------------------------------------------

echo 'ulimit -n; ulimit -f; ulimit -v' | java
(ulimit -Sn 20 && hexe doctor && [ $status = 0 ] && [ "$(head -n 1 out)" = "$(ulimit -Hn)" ])
ok $? "a low soft limit on open files is raised for Java"
(ulimit -Sv 300000 && hexe doctor && [ $status = 0 ] && [ "$(tail -n 1 out)" = "$(ulimit -Hv)" ])
ok $? "so is one on memory"
(ulimit -Sf 100 && hexe doctor && [ $status = 0 ] && [ "$(sed -n 2p out)" = "$(ulimit -Hf)" ])
ok $? "and one on the size of files"
for limit in '-n 20' '-v 500000' '-d 200000' '-f 100'; do
    sentence="(\`ulimit ${limit% *}\`) is .*, and the policy compiler takes"
    # shellcheck disable=SC2086  # two words
    (ulimit $limit && hexe doctor && refused "$sentence"); ok $? "ulimit $limit: a sentence"
    # shellcheck disable=SC2086
    (ulimit $limit && hexe apply p -- true && refused "$sentence"); ok $? "ulimit $limit: the same where it compiles"
done
# Other processes of this user come and go between the count and the start: one that leaves no room to fork is another case.
few() { # COMMAND…
    tries=0
    while few=$(($(ps -L -u "$(id -u)" --no-headers | wc -l) + 8)) && tries=$((tries + 1)); do
        prlimit --nproc=$few:$few "$L" "$@" >out 2>err </dev/null; status=$?
        [ $tries -lt 20 ] && grep -q 'resource temporarily unavailable' err || return 0
    done
}
if [ "$(id -u)" != 0 ]; then
    few doctor
    refused 'takes 24 threads, and there can be only'; ok $? "too few processes: a sentence"
    echo 'exit 1' | java
    few apply p -- true
    refused 'takes 24 threads, and there can be only'; ok $? "the same where it compiles, and Java fails"
else
    skip "too few processes (root's are not limited)"
fi
(ulimit -f 0 && "$L" apply p -- true 2>&1 >/dev/null </dev/null) | grep -q 'the limit on the size of files (`ulimit -f`) is 0'
ok $? "where no file may be written, that is said all the same"

# --- a JVM that fails ----------------------------------------------------------------------------------------------

echo 'for word; do case $word in -Xmx* | -XX:+Supp* | -XX:-PrintW* | -XX:CompressedClass* | -XX:ReservedCode*) echo "${word%%=*}" ;; esac; done' | java
hexe doctor
[ "$(grep -c . out)" = 5 ]; ok $? "what a JVM reserves is bounded, it writes no file about an error, and does not warn in its own terms"
echo 'echo "# There is insufficient memory for the Java Runtime Environment"; echo "at a.b.C(D.java)" >&2; exit 1' | java
hexe apply p -- true
refused 'could not go on: Java ended with status 1'; ok $? "a JVM that fails gives one sentence and its help"
! grep -q 'insufficient\|at a.b' out err; ok $? "and nothing of its own"
HEXE_DEBUG=1 hexe apply p -- true
[ $status = 125 ] && grep -q insufficient err && grep -q 'could not go on' err; ok $? "but with HEXE_DEBUG=1"
echo 'echo noise >&2; kill -ABRT $$' | java
hexe apply p -- true
refused 'was killed by signal 6'; ok $? "so does one that is killed"
echo 'echo "hexe-policy: no" >&2; exit 125' | java
hexe apply p -- true
[ $status = 125 ] && [ "$(cat err)" = 'hexe-policy: no' ]; ok $? "a refusal of the compiler is passed on as it is"
echo 'i=0; while [ $i -lt 20000 ]; do echo "line $i" >&2; i=$((i + 1)); done; exit 125' | java
hexe apply p -- true
[ "$(grep -c '^line' err)" = 20000 ]; ok $? "however long it is"

echo "1..$count"
[ $failed = 0 ] || { echo "# $failed of $count failed ($who)"; exit 1; }
