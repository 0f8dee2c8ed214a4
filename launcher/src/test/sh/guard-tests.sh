#!/bin/sh
# What the launcher promises about files that are kept from the command, and about the environment. BIN has the
# programs, WORK is an empty directory of our own.
set -u
. "$BIN/tap.sh"

run() { # PLAN SCRIPT: leaves out, err, status and $code
    (cd "$W" && exec $before "$L" run "$WORK/$1" -- sh -c "$2") >out 2>err 3>status </dev/null
    code=$?
}
yes() { [ "$code" = 0 ]; ok $? "$1"; }
no() { [ "$code" != 0 ]; ok $? "$1"; }
says() { grep -q -- "$1" err; ok $? "$2"; }

# --- the environment -----------------------------------------------------------------------------------------------

W=$WORK
before=
variables() { env -i PATH="$PATH" A=1 AB=2 X_TOKEN=3 Y_TOKEN=4 LC_ALL=5 TOKENS=6 "$L" run "$1" -- env >out 2>err; grep -v '^_=\|^PWD=\|^SHLVL=\|^PATH=' out | cut -d= -f1 | sort | tr '\n' ' '; }
echo 'filter-environment "*_TOKEN" "Y_TOKEN"' | plan drop
[ "$(variables drop)" = 'A AB LC_ALL TOKENS Y_TOKEN ' ]; ok $? "variables that match a pattern are removed, but for those that are kept"
echo 'filter-environment "*" "PATH LC_* A"' | plan only
[ "$(variables only)" = 'A LC_ALL ' ]; ok $? "all variables but some can be removed"
printf 'filter-environment "*" ""\nsetenv PATH "/usr/bin:/bin"\nsetenv Z 9\n' | plan none
[ "$(variables none)" = 'Z ' ]; ok $? "what is set afterwards is there"
echo 'filter-environment "" ""' | plan nothing
[ "$(variables nothing)" = 'A AB LC_ALL TOKENS X_TOKEN Y_TOKEN ' ]; ok $? "no pattern removes nothing"

# --- ids ------------------------------------------------------------------------------------------------------------

W=$WORK
printf 'spawn CLONE_NEWUSER 0\nid-maps "0 %s 1\\n1 1 65535" "0 %s 1" /no/newuidmap:/nowhere /no/newgidmap 0\n' "$(id -u)" "$(id -g)" | plan no-helper
run no-helper "touch ran";              [ "$code" = 125 ] && [ ! -e ran ]; ok $? "a missing newuidmap gives 125, and nothing runs"
if grep -q 'cannot start a process' err; then
    skip "maps of several ids: no user namespaces"
else
    says 'newuidmap.*no such file' "the message says so"
    grep -q 'help: install the package `uidmap`' err; ok $? "and what to install"
    printf 'spawn CLONE_NEWUSER 0\nid-maps "0 0 1\\n1 1 9" "0 0 1" /bin/false /bin/false 0\n' | plan refusing
    run refusing "touch ran";           [ "$code" = 125 ] && [ ! -e ran ]; ok $? "so does one that refuses"
    printf 'spawn CLONE_NEWUSER 0\nid-maps "0 0 1\\n1 1 9" "0 0 1" "" "" 77\n' | plan direct
    run direct 'id -u; id -g; id -G; cat /proc/self/uid_map'
    if [ "$(id -u)" = 0 ]; then
        [ "$code" = 0 ] && [ "$(head -n 3 out | tr '\n' ' ')" = '0 0 0 ' ] && grep -q '1 *1 *9$' out; ok $? "root maps ids by itself, and no group stays"
        [ "$("$L" --probe <direct)" = 'ok 77' ]; ok $? "a probe answers with what it was given"
    else
        [ "$code" = 125 ];              ok $? "an ordinary user cannot do so"
    fi
fi
echo 'id-maps "0 0 1" "0 0 1" "" "" 0' | plan bad-ids
run bad-ids "touch ran";                [ "$code" = 125 ] && [ ! -e ran ]; ok $? "maps of several ids without a supervisor give 125"

# --- files ---------------------------------------------------------------------------------------------------------

probe='spawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\npropagation MS_SLAVE\nroot-host\n'
if ! printf "$probe" | "$BIN/planasm" | "$L" --probe 2>/dev/null | grep -q '^ok'; then
    skip "files that are kept from the command: no mounts in a user namespace"
    echo "# $count checks, $failed failed ($who)"
    exit $failed
fi
H=$WORK/home
home() { # a new one
    chmod -R u+rwx "$H" 2>/dev/null; rm -rf "$H" "$WORK/outside"
    mkdir -p "$H/.config/fish/conf.d" "$H/.ssh/below" "$H/.aws" "$H/.config/gh" "$H/project/.git/hooks" "$H/dotfiles" "$H/deep/er" "$WORK/outside"
    for file in .aws/credentials .config/gh/hosts .bashrc .config/fish/config.fish .ssh/id_rsa .ssh/config .ssh/below/key .netrc dotfiles/vimrc deep/er/token \
        project/.git/config project/.git/hooks/pre-commit; do
        echo "original $file" >"$H/$file"
    done
    ln -s dotfiles/vimrc "$H/.vimrc"
    ln "$H/.netrc" "$H/other-name"
}
guards="protect \"$H/.bashrc
$H/.nothing
$H/.other/nothing\" \"\" 0
protect $H/.config/fish \"w conf.d\" 0
protect $H/.vimrc \"\" 1
protect $H/dotfiles/vimrc \"\" 0
protect @cwd/.git/config \"\" 0
protect @cwd/.git/hooks \"\" 0
hide $H/.netrc \"\" 0
hide \"$H/.none
$H/deep/er/token
$H/.aws
$H/.config/gh\" \"\" 0
hide $H/.ssh \"r config
r below/key
r no-such\" 0"
watches="watch \"$H/.bashrc
$H/.other/nothing
$H/.nothing\" \"made @path\" 0
watch \"@cwd/.envrc
$H/.also\" \"made @path\" 0"
host() { printf '%s\nspawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\npropagation MS_SLAVE\nroot-host\n%s\ndrop-capabilities 0 0\nno-new-privileges\nchdir / ""\nclose-descriptors 3\n' "$1" "$2"; }
# A quoted operand of planasm has its newlines written as \n.
quoted() { printf '%s' "$1" | awk '{ n = gsub(/"/, "\""); printf "%s", $0; open = (open + n) % 2; printf "%s", open ? "\\n" : "\n" }'; }
host "status-descriptor 3
$(quoted "$watches")" "$(quoted "$guards")" | plan guarded
in_new_root() { # LINES
    printf 'spawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\npropagation MS_SLAVE\nroot-tmpfs 0 0755\n'
    for top in /usr /etc /bin /sbin /lib /lib64; do
        [ -L $top ] && echo "symlink $(readlink $top) $top"
        [ ! -L $top ] && [ -d $top ] && echo "bind $top $top MOUNT_ATTR_RDONLY 9"
    done
    echo 'bind /dev/null /dev/null 0 12'
    quoted "$1"
    printf '\nmount-attributes / MOUNT_ATTR_RDONLY 0\npivot-root\ndrop-capabilities 0 0\nno-new-privileges\nchdir / ""\nclose-descriptors 3\n'
}
in_new_root "bind $WORK $WORK 0 9
$guards" | plan guarded-in-new-root
W=$H/project

attempts() { # PLAN HOW: what must fail, and what must not
    home
    run "$1" "cat $H/.bashrc $H/.config/fish/config.fish $H/.vimrc $H/dotfiles/vimrc .git/config"
    yes "what is protected can be read$2"
    for file in "$H/.bashrc" "$H/.vimrc" "$H/dotfiles/vimrc" "$H/.config/fish/config.fish" "$H/project/.git/config" \
        "$H/project/.git/hooks/pre-commit"; do
        short=${file#"$H/"}
        run "$1" "echo x >>$file";              no "$short cannot be written$2"
        run "$1" ": >$file";                    no "$short cannot be cut$2"
        run "$1" "rm -f $file";                 no "$short cannot be removed$2"
        run "$1" "mv $file $H/moved";           no "$short cannot be moved away$2"
        run "$1" "echo x >$H/new && mv -f $H/new $file"; no "$short cannot be replaced$2"
        run "$1" "ln $file $H/hardlink";        no "$short cannot be linked$2"
        run "$1" "chmod 777 $file";             no "the mode of $short cannot be changed$2"
        run "$1" "touch -d 2001-01-01 $file";   no "nor can its times$2"
    done
    run "$1" "echo x >$H/.config/fish/new";     no "nothing can be made in a protected directory$2"
    run "$1" "echo x >$H/.config/fish/conf.d/new"; yes "but in a part of it that is kept writable$2"
    for directory in "$H/.config" "$H/.config/fish" "$H/project/.git" "$H/project/.git/hooks" "$H/project" "$H"; do
        run "$1" "mv $directory $WORK/elsewhere"; no "${directory#"$WORK/"} cannot be moved away$2"
    done
    run "$1" "ln -sfn dotfiles/other $H/.vimrc || ln -sf x $H/.vimrc"; no "a protected symlink cannot be replaced$2"
    run "$1" "readlink $H/.vimrc";              yes "it still is one$2"
    run "$1" "cat $H/.netrc";                   no "a hidden file cannot be read$2"
    run "$1" "cat <$H/.netrc || cp $H/.netrc $H/copy"; no "in no way$2"
    run "$1" "echo x >$H/.netrc";               no "nor written$2"
    run "$1" "mv $H/.netrc $H/moved && cat $H/moved"; no "nor moved to where it could be$2"
    run "$1" "cat $H/.ssh/id_rsa";              no "what is in a hidden directory cannot be read$2"
    run "$1" "[ -z \"\$(ls -A $H/.aws $H/.config/gh | grep -v :)\" ]"; yes "hidden directories are empty$2"
    run "$1" "cat $H/.aws/credentials || cat $H/.config/gh/hosts"; no "all of them$2"
    run "$1" "echo x >$H/.aws/new || echo x >$H/.config/gh/new"; no "and nothing can be made in them$2"
    run "$1" "umount $H/.aws || umount $H/.config/gh"; no "nor can they be uncovered$2"
    run "$1" "mv $H/.ssh $H/moved";             no "which cannot be moved$2"
    run "$1" "mv $H/deep $H/moved || mv $H/deep/er $H/moved"; no "nor can a directory above a hidden file$2"
    run "$1" "echo x >$H/.ssh/new";             no "nor written$2"
    run "$1" "mkdir $H/.ssh/new";               no "nor be given directories$2"
    run "$1" "cat $H/.ssh/config $H/.ssh/below/key"; yes "what is kept of it can be read$2"
    run "$1" "[ \$(find $H/.ssh | wc -l) = 4 ]"; yes "and there is nothing else$2"
    run "$1" "echo x >>$H/.ssh/config";         no "and not be written$2"
    run "$1" "umount $H/.netrc || umount -l $H/.ssh || umount $H/.bashrc"; no "no guard can be taken off$2"
    run "$1" "unshare -Urm umount $H/.netrc";   no "not even in a user namespace below$2"
    run "$1" "unshare -Urm sh -c 'mount -o remount,bind,rw $H/.bashrc && echo x >>$H/.bashrc'"; no "nor be made writable$2"
    run "$1" "unshare -Urm sh -c 'mkdir $H/m && mount --bind $H $H/m && echo x >>$H/m/.bashrc'"; no "nor be passed by with a bind mount$2"
    rm -rf "$H/m" "$H/new"
    [ "$(cat "$H/.bashrc" "$H/.netrc" "$H/.ssh/id_rsa" "$H/project/.git/config")" = "original .bashrc
original .netrc
original .ssh/id_rsa
original project/.git/config" ]; ok $? "on the host, all is as it was$2"
    run "$1" "echo x >$H/free && mkdir -p $H/.config/other && mv $H/dotfiles $H/d && mv $H/d $H/dotfiles"
    no "a directory that holds a protected file stays where it is$2"
    run "$1" "echo x >$H/free && mkdir -p $H/.config/other && echo y >$H/.config/other/file && mv $H/free $H/other"
    yes "everything else is as free as it was$2"
    [ ! -e "$H/.nothing" ] && [ ! -e "$H/.none" ]; ok $? "nothing is made on the host for what is not there$2"
    grep -q " $H" /proc/self/mountinfo; [ $? = 1 ]; ok $? "nothing stays mounted$2"
}
attempts guarded ''
attempts guarded-in-new-root ' (new root)'
before="$BIN/without open_tree_attr"
attempts guarded ' (before Linux 6.15)'
before="$BIN/without mount_setattr"
attempts guarded ' (mount(2))'
attempts guarded-in-new-root ' (new root, mount(2))'
before="$BIN/without openat2"
attempts guarded ' (without openat2)'
before="$BIN/without statx"
attempts guarded ' (without statx)'
before=

# --- symlinks that the plan knows nothing about ----------------------------------------------------------------------

home; mv "$H/.bashrc" "$H/real"; ln -s real "$H/.bashrc"
run guarded 'true';                     [ "$code" = 125 ]; ok $? "a symlink in the place of a protected file gives 125"
says 'symlink' "the message says so"
home; mv "$H/.config" "$H/real"; ln -s real "$H/.config"
run guarded 'true';                     [ "$code" = 125 ]; ok $? "so does one on the way"
home; rm "$H/.vimrc"; echo x >"$H/.vimrc"
run guarded 'true';                     [ "$code" = 125 ]; ok $? "so does a file in the place of a symlink"
home; mv "$H/.netrc" "$H/real"; ln -s real "$H/.netrc"
run guarded 'true';                     [ "$code" = 125 ]; ok $? "so does a symlink to what is hidden"
home; mv "$H/.ssh/config" "$H/real"; ln -s ../real "$H/.ssh/config"
for before in '' "$BIN/without mount_setattr"; do
    run guarded "cat $H/.ssh/config";   yes "one that is kept is one still ($before)"
    run guarded "rm -f $H/.ssh/config"; no "and cannot be removed ($before)"
done

host '' "$(quoted "hide \"$H/.none
$H/dotfiles/none
$H/linked/none
$H/linked/vimrc\" \"\" 0")" | plan hidden-behind
home
run hidden-behind "touch $WORK/outside/ran"; yes "nothing to hide is no obstacle"
home; ln -s dotfiles "$H/linked"
run hidden-behind "touch $WORK/outside/ran"; [ "$code" = 125 ] && [ ! -e "$WORK/outside/ran" ]; ok $? "a symlink on the way to what is hidden gives 125"
home; ln -s nowhere "$H/linked"
run hidden-behind "touch $WORK/outside/ran"; [ "$code" = 125 ] && [ ! -e "$WORK/outside/ran" ]; ok $? "so does one that leads nowhere yet"
home; echo x >"$H/linked"
run hidden-behind true;                 yes "a file on the way is none"

# --- directories that come into being ------------------------------------------------------------------------------

home; ln -s "$WORK/outside/later" "$H/.other"
sleep 3.1 # nothing has changed just now
run guarded "mkdir $WORK/outside/later && echo x >$WORK/outside/later/nothing"
says "made $H/.other/nothing" "what appears behind a symlink that led nowhere is told"
home
sleep 3.1
run guarded "mkdir $H/.other && echo x >$H/.other/nothing"
says "made $H/.other/nothing" "so is what appears in a directory that was not there"

# --- directories above the working directory ---------------------------------------------------------------------------

host "$(quoted "watch \"@above/.git/hooks
@above/.none\" \"made @path\" 0")" "$(quoted "protect \"@above/.git/config
@above/.git/hooks
$H/.bashrc\" \"\" 2
hide @above/.netrc \"\" 2")" | plan above
home; mkdir -p "$H/project/a/b"; W=$H/project/a/b
for how in '' "$BIN/without mount_setattr" "$BIN/without openat2"; do
    before=$how
    run above "cat ../../.git/config";          yes "what is protected above can be read ($how)"
    for file in ../../.git/config ../../.git/hooks/pre-commit "$H/.bashrc"; do
        run above "echo x >>$file";             no "$file cannot be written ($how)"
        run above "rm -f $file";                no "$file cannot be removed ($how)"
    done
    for directory in ../../.git/hooks ../../.git ../../../project "$H"; do
        run above "mv $directory $WORK/elsewhere"; no "$directory cannot be moved away ($how)"
    done
    run above "echo x >../../.git/new && mv ../../.git/new ../../free && rm ../../free"; yes "beside it all is free ($how)"
    run above "cat $H/.netrc";                  no "what is hidden above cannot be read ($how)"
    run above "mkdir ../.git; echo x >../.git/hooks; echo x >../../.none; echo x >./.none; echo x >../../.git/none"
    says "^hexe-policy: made $H/project/a/.git/hooks\$" "what comes into being above is told ($how)"
    says "^hexe-policy: made $H/project/.none\$" "in each directory ($how)"
    [ "$(wc -l <err)" = 2 ];                    ok $? "and in no other ($how)"
    rm -rf "$H/project/a/.git" "$H/project/.none" "$W/.none" "$H/project/.git/none"
done
before=
W=/
run above "cat $H/project/.git/config && echo x >>$H/project/.git/config"; yes "the root has nothing above it"
W=$H/project

# --- directories that cannot be searched ------------------------------------------------------------------------------

for mode in 000 600; do
    home; chmod $mode "$H/.config"
    run guarded "chmod 755 $H/.config; echo x >>$H/.config/fish/config.fish"; no "a directory that was closed ($mode) and opened again keeps what is in it"
    run guarded "chmod 755 $H/.config; cat $H/.config/gh/hosts"; no "hides what is in it"
    chmod 755 "$H/.config"
    [ "$(cat "$H/.config/fish/config.fish")" = 'original .config/fish/config.fish' ]; ok $? "on the host it is as it was"
    home; chmod $mode "$H/.ssh"
    run guarded "chmod 755 $H/.ssh; cat $H/.ssh/id_rsa"; no "so does a closed directory that is hidden"
done
chmod 755 "$H/.ssh"

# --- what comes into being -----------------------------------------------------------------------------------------

home
run guarded "mkdir $H/.other; echo x >$H/.nothing; mkdir .envrc; echo y >$H/elsewhere; echo z >$H/.other/nothing; echo >$H/.also"; yes "what is not there can be made"
says "^hexe-policy: made $H/.nothing\$" "it is told when it was"
says "^hexe-policy: made $H/project/.envrc\$" "so is what was made in the working directory"
says "^hexe-policy: made $H/.other/nothing\$" "and in a directory that was not there"
says "^hexe-policy: made $H/.also\$" "and what another record watches for"
[ "$(wc -l <err)" = 4 ];                ok $? "and nothing else"
grep -q "^{\"event\":\"appeared\",\"path\":\"$H/.nothing\"}\$" status; ok $? "the status tells of it"
run guarded "echo x >$H/.nothing"
! grep -q hexe-policy err && [ "$code" != 0 ]; ok $? "what was there before is protected and not told"
home
run guarded "echo x >$H/.nothing; rm $H/.nothing"; [ ! -s err ]; ok $? "what is gone in the end is not told"
run guarded "echo x >$H/.nothing; kill -9 \$\$"
says "made $H/.nothing" "it is told as well when a signal ends the command"
home
(cd "$W" && exec "$L" run "$WORK/guarded" -- sh -c "echo x >$H/.nothing; echo ready; exec sleep 30") >out 2>err 3>status </dev/null & process=$!
while [ ! -s out ]; do sleep 0.02; done
kill -TERM $process; wait $process
says "made $H/.nothing" "and when it is told to end"

# --- what is guarded alone, of which nothing gives a part ---------------------------------------------------------------

parts() { # FLAGS: a writable mount in a guarded directory that is on a read-only one
    in_new_root "bind $WORK $WORK MOUNT_ATTR_RDONLY 9
bind $H/.config/fish $H/.config/fish 0 9
protect $H/.config \"\" $1"
}
parts 0 | plan with-part
parts 16 | plan without-part
home
W=$WORK
run with-part "echo x >$H/.config/fish/new"; yes "a writable mount in a directory that is read-only stays so"
home
for before in '' "$BIN/without open_tree_attr" "$BIN/without mount_setattr"; do
    run without-part "cat $H/.config/fish/config.fish && echo x >$H/.config/fish/new"
    [ "$code" != 0 ] && [ -s out ] && [ ! -e "$H/.config/fish/new" ]; ok $? "where it is guarded alone, it can be read and not written ($before)"
done
before=
W=$H/.config/fish
for guard in protect hide; do
    in_new_root "bind @cwd /elsewhere 0 9
$guard $H/.config \"\" 0" | plan shown
    in_new_root "bind @cwd /elsewhere 0 9
$guard $H/.config \"\" 16" | plan refused
    run shown "cat /elsewhere/config.fish"; yes "a part of another guarded directory can be shown elsewhere ($guard)"
    run refused "echo x >/elsewhere/new"
    [ "$code" = 125 ] && [ ! -e new ]; ok $? "one of what is guarded alone is refused ($guard)"
    says 'would show a part of' "the message says so"
done
W=$H/project
for guard in protect hide; do
    in_new_root "bind $H /elsewhere 0 9
$guard @cwd/.git/hooks \"\" 2" | plan shown
    run shown "echo x >/elsewhere/project/.git/hooks/new"
    [ "$code" = 125 ] && [ ! -e "$H/project/.git/hooks/new" ]; ok $? "a tree that holds the working directory does not show what is guarded in it under another name ($guard)"
    says 'holds the working directory' "the message says so"
    in_new_root "bind $H /elsewhere MOUNT_ATTR_NOEXEC 9
$guard @cwd/.git/hooks \"\" 2" | plan shown
    run shown "echo x >/elsewhere/project/.git/hooks/new"
    [ "$code" = 125 ] && [ ! -e "$H/project/.git/hooks/new" ]; ok $? "nor where nothing can be executed in it ($guard)"
    in_new_root "bind $H /elsewhere 0 9
$guard @above/.git/hooks \"\" 2" | plan shown
    W=$H/project/.git
    run shown "echo x >/elsewhere/project/.git/hooks/new"
    [ "$code" = 125 ] && [ ! -e "$H/project/.git/hooks/new" ]; ok $? "nor what is guarded in a directory above it ($guard)"
    W=$H/project
    in_new_root "bind $H /elsewhere 0 9
$guard @cwd/.nothing \"\" 2" | plan shown
    run shown "cat /elsewhere/.bashrc"; yes "where nothing is guarded it can be bound ($guard)"
done

# --- other names, by a tree that is bound elsewhere -----------------------------------------------------------------------

home
mkdir -p "$H/dots" "$H/tree" && echo old >"$H/dots/file" && ln -s "$H/dots/file" "$H/.config/fish/link" && echo "gitdir: $H/project/.git" >"$H/tree/.git"
W=$WORK
for seen in "bind $H/.config $H/.config 0 9" "bind $H $H 0 9"; do
    in_new_root "bind $H/dots /dots 0 9
$seen
protect $H/.config \"\" 0" | plan other
    run other "echo x >>/dots/file";    no "what a symlink in a protected directory leads to is protected at its other name ($seen)"
    run other "cat /dots/file && echo x >/dots/new"; yes "can be read, and its neighbours are as they were"
    in_new_root "bind $H/dots /dots MOUNT_ATTR_RDONLY 9
$seen
hide $H/.config \"\" 0" | plan other
    run other "cat /dots/file";         no "of a hidden directory it is hidden there ($seen)"
    run other "cat /dots/new";          yes "and nothing else is"
done
in_new_root "bind $H/.config $H/.config MOUNT_ATTR_RDONLY 9
bind $H/dots $H/dots 0 9
protect $H/.config \"\" 0" | plan other
run other "echo x >>$H/.config/fish/link"; no "what leads out of a protected directory that is read-only anyway is protected as well"
run other "echo x >$H/dots/new";        yes "and nothing beside it"
in_new_root "bind $H/dots /dots 0 9
bind $H/.config $H/.config 0 9
tmpfs /dots 0 0755 0 0
protect $H/.config \"\" 0" | plan other
run other "echo x >/dots/file && cat /dots/file"; yes "what covers the other name is left alone"
W=$H/tree
in_new_root "bind $H $H 0 9
bind $H/project /other 0 9
bind $H/tree /again 0 9
git-links @cwd \"\"" | plan other
run other "echo x >>/other/.git/config"; no "the configuration that a file \`.git\` leads to is protected at its other name"
run other "echo x >/other/.git/hooks/new"; no "so are the hooks"
run other "echo x >/again/.git";        no "and the file itself"
run other "echo x >/other/new && echo x >/again/new"; yes "all else there can be written"
W=$H/project
in_new_root "bind $H $H 0 9
bind $H/project/.git /part 0 9
protect \"@cwd/.git/hooks
@above/project/.git/config\" \"\" 2" | plan other
run other "echo x >/part/hooks/new";    no "what is protected in the working directory is so at the other name of a part of it"
run other "echo x >>/part/config";      no "and what is protected above it"
run other "echo x >/part/new";          yes "which can be written beside that"
in_new_root "bind $H $H 0 9
bind $H/project/.git /part MOUNT_ATTR_RDONLY 9
hide @cwd/.git/config \"\" 2" | plan other
run other "cat /part/config";           no "what is hidden in it is hidden there"
rm -rf "$H/dots" "$H/tree" "$H/.config/fish/link"

# --- plans that are refused ----------------------------------------------------------------------------------------

refused() { # DESCRIPTION MESSAGE: nothing may have run
    rm -f "$WORK/ran"
    run bad "touch $WORK/ran"
    [ "$code" = 125 ] && [ ! -e "$WORK/ran" ]; ok $? "$1 gives 125, and nothing runs"
    says "$2" "$1: the message says why"
}
host '' "protect $H/.bashrc \"\" 0
bind $H $H 0 1" | plan bad
refused "a mount behind a guard" 'could cover'
echo "protect $H/.bashrc \"\" 0" | plan bad
refused "a guard on the host itself" 'mount namespace'
echo 'watch /x y 0' | plan bad
refused "a watch without a supervisor" 'spawn'
host '' "hide '$H/.aws
$H/.ssh' 'r config' 0" | tr "'" '"' >text; quoted "$(cat text)" | plan bad
refused "a guard of two directories that keeps something" 'only a guard of one path'
printf 'hide "/a\\nb" "" 0\n' | plan bad
refused "a path among others that is not absolute" 'not absolute'
host '' 'hide / "" 0' | plan bad
refused "a hidden root" 'root cannot be hidden'

echo "# $count checks, $failed failed ($who)"
[ $failed = 0 ]
