#!/bin/sh
# Overlays, files over files, and what must not be put where: tried from inside, against this kernel.
set -u
. "$BIN/tap.sh"

ro='MOUNT_ATTR_RDONLY|MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV'
rw='MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV'
CREATE=24 # and no symlink is followed
PLAIN=16
root() { # LINES: a sandbox with a system to read and these lines, which has an end
    echo 'spawn CLONE_NEWUSER|CLONE_NEWNS|CLONE_NEWPID 0
id-map UID UID GID GID
propagation MS_SLAVE
root-tmpfs 0 0755'
    for top in usr bin sbin lib lib64 etc; do
        [ -L /$top ] && echo "symlink $(readlink /$top) /$top"
        [ ! -L /$top ] && [ -d /$top ] && echo "bind /$top /$top $ro 9"
    done
    echo "$1"
    echo 'pivot-root
no-new-privileges
drop-capabilities 0 0
chdir / x
close-descriptors 3
init'
}
of() { root "$1" | plan tried; }
run() { "$L" run tried -- "$@" >out 2>err </dev/null; status=$?; }
sh_() { run sh -c "$1"; }
is() { [ "$status" = "$1" ]; ok $? "$2"; }
says() { grep -q -- "$1" err; ok $? "$2"; }
refused() { # MESSAGE DESCRIPTION: nothing may have run
    rm -f ran
    run touch "$WORK/ran"
    [ "$status" = 125 ] && [ ! -e ran ]; ok $? "$2 gives 125"
    says "$1" "$2: the message says why"
}

mkdir -p low/sub over victim upper work
echo low >low/file; echo low >low/both; echo over >over/both; echo deep >low/sub/deep
chmod 750 low
snapshot() { find low over | sort | while read -r each; do stat -c '%n %s %a %Y' "$each"; cat "$each" 2>/dev/null; done; }
snapshot >before

of "overlay-layer $WORK/over 0
overlay-layer $WORK/low 0
overlay /o 0 $ro $CREATE"
run cat /o/both /o/sub/deep
if [ "$status" != 0 ] && ! grep -q '^tmpfs' out && grep -qi 'overlay' err; then
    skip "overlays: $(head -1 err)"
    overlays=no
else
    overlays=yes
    [ "$(echo $(cat out))" = 'over deep' ]; ok $? "an overlay to read shows its layers as one, the first on top"
    sh_ 'touch /o/x';                       says 'Read-only' "and cannot be written"
fi

if [ $overlays = yes ]; then
    of "overlay-layer $WORK/low 0
overlay /o 1048576 $rw $CREATE"
    sh_ 'echo new >/o/file && rm -r /o/sub && mkdir /o/sub && ls -A /o/sub && echo x >/o/x && cat /o/file && stat -c %a /o'
    is 0 "changes in memory can be made"
    [ "$(echo $(cat out))" = 'new 750' ]; ok $? "they are seen, with the mode of the layer"
    snapshot >after; cmp -s before after; ok $? "and the layer is as it was"
    sh_ 'cat /o/file; ls /o';               [ "$(echo $(cat out))" = 'low both file sub' ]; ok $? "they are gone at the end"
    sh_ 'head -c 2000000 /usr/bin/env /usr/bin/* >/o/big'
    says 'No space left' "they have a size"
    sh_ 'umount /o';                        [ "$status" != 0 ]; ok $? "what is below an overlay cannot be bared"
    sh_ 'ls -d /proc/self/mounts /o/../upper /o/../work 2>/dev/null'; [ ! -s out ]; ok $? "nor be found"

    # mount points may be made in memory, and nowhere else
    of "overlay-layer $WORK/low 0
overlay /o 1048576 $rw $CREATE
bind $WORK/over /o/made/point $ro $CREATE"
    run cat /o/made/point/both;             [ "$(cat out)" = over ]; ok $? "a mount point is made in an overlay in memory"
    snapshot >after; cmp -s before after; ok $? "and not in its layer"

    # as the root: above it is nothing, least of all the root of before and what lay between
    mkdir -p tree upper-root work-root; for top in usr bin sbin lib lib64 etc; do [ -d /$top ] && mkdir -p tree/$top; done
    as_root() { # LINES
        { root "" | sed '/^root-tmpfs/q'
          echo "$1"
          for top in usr bin sbin lib lib64; do [ -d /$top ] && echo "bind $(readlink -f /$top) /$top $ro $CREATE"; done
          root "" | sed -n '/^pivot-root/,$p'; } | plan tried
    }
    nothing_above() { # DESCRIPTION
        sh_ 'stat -c %d:%i / /.. /../.. /usr/.. | uniq | wc -l; ls -a /..; ls -d /../home /../root /../proc'
        [ "$(head -n 1 out)" = 1 ] && ! grep -qE '^(proc|/\.\./.*)$' out; ok $? "nothing is above $1"
    }
    as_root "overlay-layer $WORK/tree 0
overlay / 1048576 $rw 0"
    sh_ 'touch /made && ls -d /made /etc && ! ls /home'; is 0 "an overlay in memory can be the root"
    [ ! -e tree/made ]; ok $? "whose tree is as it was"
    nothing_above "an overlay in memory"
    as_root "overlay-layer $WORK/tree 0
overlay-kept / $WORK/upper-root $WORK/work-root $rw 0"
    nothing_above "an overlay that is kept"
    as_root "overlay-layer $WORK/over 0
overlay-layer $WORK/tree 0
overlay / 0 $ro 0"
    nothing_above "an overlay to read"
    as_root "bind $WORK/tree / $rw 8"
    nothing_above "a tree"
    as_root "bind $WORK/tree / $rw 8
overlay-layer $WORK/tree 0
overlay / 1048576 $rw 0"
    nothing_above "one over the other"

    # kept where git data is searched, which opens up what is closed: what the kernel leaves is still known as its own
    mkdir -p searched/upper searched/work
    { echo 'git-data @cwd 1000 "git obeys it"'
      root "bind @cwd @cwd 0 9
overlay-layer $WORK/low 0
overlay-kept /o $WORK/searched/upper $WORK/searched/work $rw $CREATE"; } | plan tried
    run true; is 0 "an overlay is kept where git data is searched"
    [ -z "$(ls -A searched/work)" ]; ok $? "its work directory is empty at the end"
    run true; is 0 "and it can be used again"

    # kept
    of "overlay-layer $WORK/low 0
overlay-kept /o $WORK/upper $WORK/work $rw $CREATE"
    sh_ 'echo kept >/o/file && rm /o/both && cat /o/file'; is 0 "changes that are kept can be made"
    [ "$(cat upper/file)" = kept ]; ok $? "they are in the upper directory"
    [ -z "$(ls -A work)" ]; ok $? "nothing is left in the work directory"
    snapshot >after; cmp -s before after; ok $? "and the layer is as it was"
    sh_ 'cat /o/file; ls /o';               [ "$(echo $(cat out))" = 'kept file sub' ]; ok $? "the next run finds them"
    of "overlay-layer $WORK/low 0
overlay-kept /o $WORK/upper $WORK/work $rw $CREATE
mkdir /o/made 0755"
    refused 'does not exist' "a directory to be made in kept changes"
    [ ! -e upper/made ]; ok $? "which are not touched"

    # changes that nobody may make
    if [ "$(id -u)" != 0 ] && [ "$(stat -c %u%d /srv 2>/dev/null)" = "$(stat -c 0%d /mnt 2>/dev/null)" ] && [ -z "$(ls -A /srv)" ]; then
        of "overlay-layer $WORK/low 0
overlay-kept /o /mnt /srv $rw $CREATE";     refused 'overlay' "a work directory that is not the user's"
    else
        skip "a work directory of another user: there is no empty one (needs /srv and /mnt, and an ordinary user)"
    fi

    # layers that are none
    of "overlay-layer $WORK/low 0
overlay-kept /o $WORK/low $WORK/work $rw $CREATE";  refused 'overlay' "an upper directory that is a lower one"
    mkdir work/mine
    of "overlay-layer $WORK/low 0
overlay-kept /o $WORK/upper $WORK/work $rw $CREATE"; refused 'holds `mine`' "a work directory that is not empty"
    [ -d work/mine ]; ok $? "which stays as it is"
    rmdir work/mine; mkdir work/work; touch work/work/mine
    refused 'holds `work`' "one with somebody's directory of the kernel's name"
    [ -e work/work/mine ]; ok $? "which stays as it is"
    rm -r work/work
    [ -z "$(ls -A work)" ]; ok $? "nothing is left of a failure"
    ln -sfn "$WORK/victim" link
    for lines in "overlay-layer $WORK/link 0
overlay /o 1048576 $rw $CREATE" "overlay-layer $WORK/low 0
overlay-kept /o $WORK/link $WORK/work $rw $CREATE" "overlay-layer $WORK/low 0
overlay-kept /o $WORK/upper $WORK/link $rw $CREATE"; do
        of "$lines";                        refused 'symlink has appeared' "a symlink in place of a layer"
    done
    of "overlay-layer $WORK/low/file 0
overlay /o 1048576 $rw $CREATE";            refused 'not a directory' "a file in place of a layer"
    of "overlay-layer $WORK/none 0
overlay /o 1048576 $rw $CREATE";            refused 'cannot open' "a layer that is missing"

    # what the command may have left in what it can write: marks of an overlay that would lead elsewhere
    if command -v setfattr >/dev/null; then
        mkdir -p upper/led; setfattr -n user.overlay.redirect -v /etc upper/led 2>/dev/null
        of "overlay-layer $WORK/low 0
overlay-kept /o $WORK/upper $WORK/work $rw $CREATE"
        sh_ 'ls -A /o/led';                 [ ! -s out ]; ok $? "a redirection planted in the changes is not followed"
        rm -r upper/led
    else
        skip "planted redirections: setfattr is not installed"
    fi

    # the working directory
    (cd low && root "overlay-layer @cwd 0
overlay @cwd 1048576 $rw $CREATE" | "$BIN/planasm" >../tried && chmod 600 ../tried
     "$L" run ../tried -- sh -c 'cd '"$WORK"'/low && echo changed >file && cat file' >../out 2>../err)
    [ "$(cat out)" = changed ] && [ "$(cat low/file)" = low ]; ok $? "the working directory can be changed in memory"
    (cd / && "$L" run "$WORK/tried" -- true >"$WORK/out" 2>"$WORK/err"); status=$?
    says 'not handed over' "but not where it is /"
fi

# --- rules of order ------------------------------------------------------------------------------------------------

of "overlay /o 0 $ro $CREATE";              refused 'needs an `overlay-layer`' "an overlay without layers"
of "overlay-layer $WORK/low 0
mkdir /x 0755";                             refused 'for an overlay' "layers without an overlay"
root "overlay-layer $WORK/low 0
overlay-kept /o $WORK/upper $WORK/work $rw $CREATE" | sed 's/^spawn \(.*\)|CLONE_NEWPID 0/unshare \1/; /^init/d' | plan tried
refused 'needs `spawn`' "an overlay that keeps changes, without a supervisor"
of "$(for i in 1 2 3 4 5 6 7 8 9 10 11; do echo "overlay-layer $WORK/low 0"; done)
overlay /o 0 $ro $CREATE";                  refused 'more than 10' "an overlay of eleven layers"

# --- files ---------------------------------------------------------------------------------------------------------

mkdir -p dir; echo old >dir/file; chmod 640 dir/file
of "bind $WORK/dir /dir $rw $CREATE
file-over /dir/file 0600 68656c6c6f0a $rw $PLAIN"
sh_ 'cat /dir/file && stat -c %a /dir/file && echo more >>/dir/file && cat /dir/file; ls -A /dir; ls -A /..'
[ "$(head -4 out | tr '\n' ' ')" = 'hello 600 hello more ' ]; ok $? "a file is put over a file"
[ "$(cat dir/file)" = old ] && [ "$(ls -A dir)" = file ]; ok $? "which is as it was"
grep -qx file out && [ "$(sed -n '5,$p' out | grep -c '^file$')" = 1 ]; ok $? "nothing else of it is to be found"
of "bind $WORK/dir /dir $rw $CREATE
file-over /dir/file 0600 68656c6c6f0a $ro $PLAIN"
sh_ 'echo x >/dir/file';                    says 'Read-only' "one to be read cannot be written"
sh_ 'rm /dir/file || mv /dir/file /dir/other'; [ "$status" != 0 ] && [ -e dir/file ]; ok $? "nor be removed or renamed"
of "bind $WORK/dir /dir $rw $CREATE
file-over /dir/none 0600 00 $rw $PLAIN";    refused 'no such file' "a file over one that is not there"
[ ! -e dir/none ]; ok $? "none is made on the host"
of "bind $WORK/dir /dir $rw $CREATE
file-over /dir 0600 00 $rw $PLAIN";         refused 'can only cover' "a file over a directory"

# copies of files, with something before them, and kept up to date
FOLLOW=32
of "bind $WORK/dir /dir $rw $CREATE
file-copy $WORK/dir/file /dir/file 68656c6c6f0a 0444 $ro $PLAIN"
sh_ 'cat /dir/file && stat -c %a /dir/file; echo x >/dir/file; rm -f /dir/file; ls -A / /dir /..'
[ "$(head -3 out | tr '\n' ' ')" = 'hello old 444 ' ]; ok $? "a copy of a file is put over it, with something before it"
says 'Read-only' "one to be read cannot be written"
! grep -q hexe out && [ "$(cat dir/file)" = old ]; ok $? "nothing else of it is to be found, and the file is as it was"
limited() { (ulimit "$@"; "$L" run tried -- sh -c 'ulimit -Sf; cat /dir/file') 2>&1 </dev/null | cat >out; }
limited -Sf 0; [ "$(tr '\n' ' ' <out)" = '0 hello old ' ]; ok $? "also where the caller may write no file, as long as that can be raised for it"
limited -f 0; grep -q 'file too large' out && grep -q 'help: raise the limit on the size of files' out; ok $? "else a sentence says so"
of "file-copy $WORK/dir/file /deep/down/copy '' 0444 $ro $CREATE"
sh_ 'cat /deep/down/copy';                  [ "$(cat out)" = old ]; ok $? "a mount point is made for one"
of "file-copy $WORK/dir/none /copy '' 0444 $ro $((CREATE | 2))"
sh_ '[ ! -e /copy ]';                       is 0 "a missing source is passed over where that is asked for"
of "file-copy $WORK/dir/none /copy '' 0444 $ro $CREATE";  refused 'no such file' "and else"
ln -sf file dir/link; mkfifo dir/pipe
of "file-copy $WORK/dir/link /copy '' 0444 $ro $CREATE";  refused 'a symlink has appeared' "a symlink as the source of a copy"
of "file-copy $WORK/dir/pipe /copy '' 0444 $ro $CREATE";  refused 'cannot read' "a pipe as the source of a copy"
rm -f dir/link dir/pipe
waits='echo ready; i=0; until grep -q "$0" /copy || [ $i = 300 ]; do sleep 0.1; i=$((i + 1)); done; cat /copy'
follows() { # COMMAND TEXT DESCRIPTION: what is done outside is seen inside
    of "file-copy $WORK/dir/file /copy '' 0444 $ro $((CREATE | FOLLOW))
mount-attributes / MOUNT_ATTR_RDONLY 0"
    rm -f out; : >out
    "$L" run tried -- sh -c "$waits" "$2" >out 2>err </dev/null & supervisor=$!
    until grep -q ready out || ! kill -0 $supervisor 2>/dev/null; do sleep 0.1; done
    eval "$1"
    wait $supervisor; status=$?
    [ "$status" = 0 ] && [ "$(tail -n +2 out)" = "$2" ]; ok $? "$3"
}
if ! head -c 0 /proc/sys/fs/inotify/max_user_instances >/dev/null 2>&1; then
    skip "copies that follow: this kernel has no inotify"
else
    follows 'echo renamed >dir/new; mv dir/new dir/file' renamed "a file that is replaced by renaming is seen inside"
    crowded "$L" run tried -- cat /copy >out 2>err </dev/null
    [ "$code" = 0 ] && [ -s out ];              ok $? "where too many descriptors are on their way, a copy is handed over later"
    follows 'echo zz >dir/file' zz "one that is written in place, and shorter, is seen inside"
    follows 'rm dir/file; echo again >dir/file' again "one that was removed and made again is seen inside"
    follows 'ln -sf "$WORK/low/file" dir/file; echo last >dir/new; mv dir/new dir/file' last "a symlink in its place is not followed"
fi
echo old >dir/file; chmod 640 dir/file

of "file-from /secret 0400 7 0 0"
printf 'from a\0descriptor' >binary
"$L" run tried -- sh -c 'cat /secret; stat -c %a /secret >&2; [ ! -e /proc/self/fd/7 ]' 7<binary >out 2>err; status=$?
cmp -s out binary && grep -qx 400 err; ok $? "a file has what a descriptor yields"
head -c 3000000 /dev/zero | "$L" run tried -- sh -c 'wc -c </secret' 7<&0 >out 2>err
[ "$(cat out)" = 3000000 ]; ok $? "also that of a pipe, to its end"
run true;                                   is 125 "a descriptor that is not open gives 125"
says 'descriptor 7 for `/secret` is not open' "the message says so"
of "bind $WORK/dir /dir $rw $CREATE
file-from /dir/file 0600 7 $ro $((PLAIN | 4))"
"$L" run tried -- cat /dir/file 7<binary >out 2>err; cmp -s out binary; ok $? "it can be put over a file"
[ "$(cat dir/file)" = old ]; ok $? "which is as it was"

# files over sockets, and sockets over files
cat >listen.py <<'END'
import socket, sys, time
s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(1); time.sleep(60)
END
if command -v python3 >/dev/null; then
    python3 listen.py "$WORK/dir/socket" & listener=$!
    eventually test -S dir/socket
    of "bind $WORK/dir /dir $rw $CREATE
bind $WORK/dir/socket /run/socket $rw $((CREATE | 4))
bind $WORK/dir/socket /dir/file $rw $((PLAIN | 4))
file-over /dir/socket 0600 00 $rw $PLAIN"
    sh_ 'stat -c %F /run/socket /dir/file /dir/socket'
    [ "$(cat out | tr '\n' '|')" = 'socket|socket|regular file|' ]; ok $? "sockets are put over files, and files over sockets"
    kill $listener; wait $listener 2>/dev/null; rm -f dir/socket
else
    skip "sockets: python3 is not installed"
fi

# --- destinations --------------------------------------------------------------------------------------------------

mkdir -p home/real; ln -sfn real home/planted; ln -sfn ../../../../../etc home/out
for line in "bind $WORK/dir /home/planted $rw $PLAIN" "tmpfs /home/planted 4096 0755 $rw $PLAIN" \
    "tmpfs /home/out/x 4096 0755 $rw $CREATE" "file-over /home/planted/x 0600 00 $rw $PLAIN" \
    "overlay-layer $WORK/low 0
overlay /home/planted 4096 $rw $PLAIN"; do
    of "bind $WORK/home /home $rw $CREATE
$line"
    for prefix in "" "$BIN/without openat2"; do
        rm -f ran; $prefix "$L" run tried -- touch "$WORK/ran" >out 2>err; status=$?
        [ "$status" = 125 ] && [ ! -e ran ] && grep -q 'symbolic link' err
        ok $? "\`${line%% *}\` through a symlink planted in a destination${prefix:+, without openat2}"
    done
done
[ -z "$(ls -A home/real)" ]; ok $? "and nothing is made where it leads"
of "bind $WORK/home /home $rw $CREATE
bind $WORK/dir /home/../../../up/there $ro $CREATE"
sh_ 'cat /up/there/file';                   [ "$(cat out)" = old ]; ok $? "dots in a destination do not lead out of the root"

# the working directory at another place, among what is kept apart
mkdir -p project/kept; echo kept >project/kept/file
cwd() { (cd project && root "$1" | "$BIN/planasm" >../tried && chmod 600 ../tried && "$L" run ../tried -- sh -c "$2" >../out 2>../err); status=$?; }
cwd "bind @cwd /work $rw $CREATE" 'touch /work/made && cat /work/kept/file'; is 0 "the working directory is put at another place"
[ -e project/made ]; ok $? "where it can be written"
cwd "bind $WORK/project/kept $WORK/project/kept $ro $CREATE
bind @cwd /work $rw $CREATE" true;          is 125 "but not with what is read-only at its own"
says 'keeps apart' "the message says so"
cwd "bind @cwd /a $rw $CREATE
bind $WORK/project/kept $WORK/project/kept $ro $CREATE" true; is 125 "in whatever order"
cwd "bind $WORK $WORK MOUNT_ATTR_NOEXEC $CREATE
bind @cwd @cwd $rw $CREATE" true;           is 125 "nor is a program let out of what is free of them"
says 'nothing can be executed' "the message says so"

# many
mkdir -p many; i=0
while [ $i -lt 5000 ]; do echo "bind $WORK/dir /many/$((i % 50))/$i $ro $CREATE"; i=$((i + 1)); done >lines
of "$(cat lines)"
sh_ 'cat /many/49/4999/file && ls /many | wc -l && ls /many/7 | wc -l'
[ "$(tr '\n' ' ' <out)" = 'old 50 100 ' ]; ok $? "5000 binds are mounted"
(ulimit -n 40; "$L" run tried -- cat /many/49/4999/file) >out 2>err </dev/null
[ "$(cat out)" = old ]; ok $? "also with room for 40 open files"
of "proc /proc 14 $CREATE
$(head -n 200 lines)"
sh_ 'echo /proc/self/fd/*'
[ "$(cat out)" = "/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3" ]
ok $? "the command has none of what was open for them"

# directories of our own, which are known from then on
deep=/1/2/3/4/5/6/7/8/9
of "bind $WORK/dir $deep/x $ro $CREATE
bind $WORK/dir /1/y $ro $CREATE
tmpfs /1/2/t 65536 0755 6 $CREATE
bind $WORK/dir $deep/z $ro $CREATE
bind $WORK/dir /1/2/t/u/v $ro $CREATE"
sh_ "cat $deep/x/file /1/y/file $deep/z/file /1/2/t/u/v/file && ls -d /1/2/t/u"
[ "$(echo $(cat out))" = 'old old old old /1/2/t/u' ]; ok $? "what is put near and far, in turns, is where it should be"
mkdir -p covered/b
of "tmpfs /a 65536 0755 6 $CREATE
mkdir /a/b/c 0755
bind $WORK/covered /a $rw $CREATE
mkdir /a/b/made 0755"
refused 'would have to be made on the host' "a directory of ours that was covered"
[ -z "$(ls -A covered/b)" ]; ok $? "and nothing is made in what covers it"
of "mkdir /a/b/c 0755
tmpfs /a/b 65536 0700 6 $CREATE
mkdir /a/b/made 0755"
sh_ 'ls /a/b';                              [ "$(cat out)" = made ]; ok $? "in a tmpfs that covers one is made what comes behind it"

echo "1..$count"
[ "$failed" = 0 ]
