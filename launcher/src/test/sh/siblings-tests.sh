#!/bin/sh
# What rules of Landlock leave out although they are for a directory above it. BIN has the programs, WORK is an empty
# directory of our own.
set -u
. "$BIN/tap.sh"

abi=$(echo 'landlock-query 1' | "$BIN/planasm" | "$L" --probe 2>/dev/null | sed -n 's/^ok //p')
if [ "${abi:-0}" -lt 3 ]; then
    skip "siblings of what is kept: no Landlock, or an old one"
    echo "# $count checks, $failed failed ($who)"
    exit $failed
fi

H=$WORK/home
fresh() {
    rm -rf "$H"
    mkdir -p "$H/.ssh/config.d" "$H/src/project/.git/hooks" "$H/.config/git" "$H/.config/app" "$H/.agent"
    for file in .ssh/id .ssh/config .bashrc notes src/project/code src/project/.git/hooks/post src/project/.git/index \
        .config/git/config .config/app/state .agent/settings .agent/token; do
        echo "of $file" >"$H/$file"
    done
    ln "$H/.bashrc" "$H/same-bashrc"
    ln -s .ssh "$H/to-ssh"
    ln -s /etc "$H/to-etc"
}
# `sh`, `cat` and the like come from what can be read; 0x7fbf is everything but new devices, up to ABI 3.
system='landlock-path /usr 0xd 0
landlock-path /bin 0xd 2
landlock-path /lib 0xd 2
landlock-path /lib64 0xd 2
landlock-path /dev/null 0x6 0'
system=$(echo "$system" | while read -r action path rest; do echo "$action $(readlink -f "$path") $rest"; done | sort -u)
rules() { printf 'no-new-privileges\nlandlock-ruleset 0x7fff 0 0\n'; cat; printf '%s\nlandlock-restrict 0\n' "$system"; }
inside() { # PLAN SCRIPT: leaves out, err, status and $code
    (cd "${W:-$H}" && exec "$L" run "$WORK/$1" -- /bin/sh -c "$2") >out 2>err 3>status </dev/null
    code=$?
}
yes() { inside "$1" "$2"; [ "$code" = 0 ]; ok $? "$3"; }
no() { inside "$1" "$2"; [ "$code" != 0 ] && grep -q 'ermission denied\|cannot\|nvalid cross-device' err; ok $? "$3"; }
says() { grep -q -- "$1" err; ok $? "$2"; }

# --- the order of records -------------------------------------------------------------------------------------------

fresh
printf 'landlock-guard /a 0\nlandlock-ruleset 4 0 0\nlandlock-restrict 0\n' | plan early
inside early 'touch ran'; [ "$code" = 125 ] && [ ! -e "$H/ran" ]; ok $? "a guard before the ruleset gives 125"
printf 'no-new-privileges\nlandlock-ruleset 4 0 0\nlandlock-path / 4 0\nlandlock-guard /a 0\nlandlock-restrict 0\n' | plan late
inside late 'touch ran'; [ "$code" = 125 ] && [ ! -e "$H/ran" ]; ok $? "so does one behind a rule that it is for"
says 'before the rules that it is for' "the message says so"

# --- hidden ----------------------------------------------------------------------------------------------------------

printf 'landlock-guard "%s\\n%s" 4\nlandlock-path %s 0x7fbf 0\nlandlock-path %s 0xd 0\n' "$H/.ssh" "$H/.aws" "$H" "$H/.ssh/config" | rules | plan hidden
no hidden 'cat .ssh/id' "what is hidden cannot be read"
no hidden 'cat to-ssh/id' "nor through a symlink beside it"
no hidden 'echo x >.ssh/id' "nor be written"
no hidden 'rm -f .ssh/id || cannot' "nor be removed"
no hidden 'echo x >.ssh/new' "nothing is made in it"
no hidden 'mv .ssh other' "it cannot be renamed, and be open the next time"
no hidden 'ln .ssh/id src/id' "nor be linked to where files can be read"
no hidden 'mv .ssh src/keys' "nor be moved there"
yes hidden 'cat .ssh/config' "what is listed in it can be read"
no hidden 'echo x >>.ssh/config' "and only that"
yes hidden 'ls -a . && ls .ssh' "names are listed"
yes hidden 'cat notes && echo more >>notes && cat .bashrc && echo x >>.bashrc' "files beside it are read and written"
yes hidden 'cd src/project && echo x >new && mkdir d && mv new d/ && rm -r d && ln code link && rm link' "directories beside it are as they were"
yes hidden 'mv src/project/code .config/app/ && mv .config/app/code src/project/' "things move between them"
no hidden 'echo x >new' "nothing new is made beside it"
no hidden 'mkdir .aws' "nor where something would be hidden"
no hidden 'rm notes' "and nothing is removed there"
no hidden 'cat to-etc/passwd' "a symlink beside it opens nothing that is not listed"
[ ! -e "$H/.aws" ]; ok $? "nothing is made for what is not there"
fresh && mkdir "$H/.aws" && echo key >"$H/.aws/key"
no hidden 'cat .aws/key' "what is there by the time of the run is hidden, with the same plan"
W=$H/.ssh
sed 's/^/landlock-guard /;s/$/ 4/' <<END >rules.text
$H/.ssh
END
printf 'landlock-path %s 0x7fbf 0\nlandlock-path @cwd 0x7fbf 0\n' "$H" >>rules.text
rules <rules.text | plan working
inside working 'cat id'; [ "$code" != 0 ] && grep -q 'not handed over' err; ok $? "the working directory does not open what it lies in"
W=$H

# --- protected -------------------------------------------------------------------------------------------------------

fresh
printf 'landlock-guard "%s\\n%s\\n%s" 0\nlandlock-guard "@cwd/.git/hooks\\n@cwd/.vscode" 2\nlandlock-guard %s 4\nlandlock-path %s 0x7fbf 0\nlandlock-path @cwd 0x7fbf 0\n' \
    "$H/.bashrc" "$H/.config/git" "$H/.agent" "$H/.agent/token" "$H" | rules | plan protected
no protected 'echo x >>.bashrc' "what is protected cannot be written"
no protected ': >.bashrc' "nor truncated"
no protected 'rm -f .bashrc || cannot' "nor removed"
no protected 'mv notes .bashrc' "nor replaced"
no protected 'mv .config other' "nor moved away together with a directory above it"
no protected 'ln .bashrc src/linked' "nor linked to where it could be written"
no protected 'echo x >>same-bashrc' "nor written by a name that it had before"
no protected 'echo x >.config/git/new' "nothing is made in it"
no protected 'echo x >.profile' "nothing is made beside it"
yes protected 'cat .bashrc .config/git/config .agent/settings' "it can be read"
no protected 'echo x >>.agent/settings' "so can what lies beside something hidden in it, and not be written"
no protected 'cat .agent/token' "which stays hidden"
yes protected 'echo x >>notes && echo x >.config/app/new && echo x >src/new && rm src/new' "other directories can be written"
W=$H/src/project
no protected 'echo x >.git/hooks/new' "what is protected in the working directory is, too"
no protected 'echo x >>.git/hooks/post' "and what is in that"
no protected 'mkdir .vscode' "what is not there cannot be made"
no protected 'mv .git other' "nor can the directory above be moved"
yes protected 'echo x >>code && echo x >>.git/index && cat .git/hooks/post' "the rest of it can be written"
rm -rf "$H/src/project/.git/hooks" && mkdir "$H/src/hooks" && echo hook >"$H/src/hooks/post" && ln -s ../../hooks "$H/src/project/.git/hooks"
no protected 'echo x >>.git/hooks/post' "where a symlink in the working directory leads is protected"
no protected 'ln -sf ../../other .git/hooks' "and so is the symlink"
yes protected 'cat .git/hooks/post; echo x >../beside || :; cat code' "and can be read"
W=$H/src/project/deeper
fresh && mkdir "$W"
printf 'landlock-guard "@above/.git/hooks\\n@above/.hg" 2\nlandlock-path %s 0x7fbf 0\n' "$H" | rules | plan above
no above 'echo x >>../.git/hooks/post' "what is protected above the working directory cannot be written"
no above 'mkdir ../../.hg' "nor made"
yes above 'echo x >new && echo x >>../code && cat ../.git/hooks/post' "the working directory itself can be written"
W=$H
rm "$H/.bashrc" && ln -s notes "$H/.bashrc"
inside protected 'touch src/ran'; [ "$code" = 125 ] && [ ! -e "$H/src/ran" ]; ok $? "a symlink that the plan does not know of gives 125"
printf 'landlock-guard %s 1\nlandlock-guard %s 0\nlandlock-path %s 0x7fbf 0\n' "$H/.bashrc" "$H/notes" "$H" | rules | plan links
no links 'echo x >>.bashrc' "where a symlink leads is protected"
no links 'ln -sf src/other .bashrc' "and so is the symlink that it knows of"

# --- what the host replaces meanwhile ---------------------------------------------------------------------------------

# rules are for files, not for names: a new file has no rule of its own, and what is beside it has none for new files
fresh
replacing() { # PLAN SCRIPT: while it runs, all files that are named in FILES are replaced
    (cd "$H" && exec "$L" run "$WORK/$1" -- /bin/sh -c "echo; read go; $2") >out 2>err <go & process=$!
    exec 9>go
    while [ ! -s out ] && kill -0 $process; do sleep 0.02; done # then the rules are there
    for file in $files; do echo new >"$H/src/new" && mv "$H/src/new" "$H/$file"; done
    exec 9>&-
    wait $process
    code=$?
}
mkfifo go
files='.bashrc notes'
printf 'landlock-guard %s 0\nlandlock-path %s 0x7fbf 0\n' "$H/.bashrc" "$H" | rules | plan reading
replacing reading 'cat .bashrc && ! (echo x >>.bashrc) && ! rm .bashrc'
[ "$code" = 0 ] && [ "$(cat "$H/.bashrc")" = new ]; ok $? "a protected file that the host replaces can be read, and not changed"
replacing protected 'echo x >>.bashrc || rm .bashrc'
[ "$code" != 0 ] && [ "$(cat "$H/.bashrc")" = new ]; ok $? "nor can it be changed where something is hidden beside it"
replacing reading 'cat notes; echo x >>notes'
[ "$code" != 0 ]; ok $? "nor can what lies beside it, when that is replaced"
fresh; mkdir "$H/keys"; echo old >"$H/keys/id"
printf 'landlock-guard "%s\\n%s" 4\nlandlock-path %s 0x7fbf 0\n' "$H/keys/id" "$H/keys/later" "$H" | rules | plan replaced
files='keys/id keys/later'
replacing replaced 'cat keys/id || cat keys/later'
[ "$code" != 0 ] && ! grep -q new out; ok $? "a hidden file that the host replaces or makes stays hidden"

# --- aliases, and bounds ------------------------------------------------------------------------------------------------

fresh
if (unshare -rm mount --bind / / || unshare -m mount --bind / /) 2>/dev/null; then
    mkdir "$H/again" "$H/keys"
    cat >mounted.sh <<END
mount --bind "$H" "$H/again" && mount --bind "$H/.ssh" "$H/keys" && cd "$H" && exec "$L" run "$WORK/\$1" -- /bin/sh -c "\$2"
END
    chmod 755 mounted.sh
    for script in 'cat .ssh/id' 'cat again/.ssh/id' 'cat keys/id'; do
        unshare -rm sh "$WORK/mounted.sh" hidden "$script" >out 2>err; [ $? != 0 ] && grep -q 'ermission denied' err
        ok $? "a mount of the same directory beside it opens nothing: $script"
    done
    sed 's/&& exec/\&\& cd keys \&\& exec/' mounted.sh >in-keys.sh
    unshare -rm sh "$WORK/in-keys.sh" working 'cat id' >out 2>err; [ $? != 0 ] && grep -q 'not handed over' err
    ok $? "nor does it as the working directory"
    unshare -rm sh "$WORK/mounted.sh" hidden 'cat notes' >out 2>err; ok $? "and the rest stays open"
else
    skip "mounts of the same directory: none can be made"
fi
fresh && chmod 311 "$H"
[ "$(id -u)" = 0 ] || { yes hidden 'cat .ssh/config; cd src' "a directory that cannot be listed gives what is listed itself"
    no hidden 'cat .ssh/id' "and not what is hidden"; }
chmod 755 "$H"
mkdir "$H/many" && (cd "$H/many" && mkdir keep && seq 9000 | xargs touch)
printf 'landlock-guard %s 4\nlandlock-path %s 0x7fbf 0\n' "$H/many/keep" "$H" | rules | plan many
yes many 'cat many/8000' "a directory of thousands of entries works"
(cd "$H/many" && seq 9001 11000 | xargs touch)
inside many 'touch src/ran'; [ "$code" = 125 ] && [ ! -e "$H/src/ran" ]; ok $? "one with more entries than is sensible gives 125"
says 'more than 10000 entries' "the message says how many"

echo "# $count checks, $failed failed ($who)"
exit $failed
