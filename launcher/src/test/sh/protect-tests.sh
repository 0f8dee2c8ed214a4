#!/bin/sh
# What the launcher promises about protected and hidden paths that are many, broken, closed, or behind symlinks. BIN has
# the programs, WORK is an empty directory of our own.
set -u
. "$BIN/tap.sh"

H=$WORK/home
W=$H
run() { # PLAN SCRIPT: leaves out, err, status and $code
    (cd "$W" && exec "$L" run "$WORK/$1" -- sh -c "$2") >out 2>err 3>status </dev/null
    code=$?
}
yes() { [ "$code" = 0 ]; ok $? "$1"; }
no() { [ "$code" != 0 ]; ok $? "$1"; }
says() { grep -q -- "$1" err; ok $? "$2"; }
quiet() { [ ! -s err ]; ok $? "$1"; }
host() { # BEFORE BEHIND: a plan over the host's own tree; each line of a quoted operand is one of it
    printf '%s\nspawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\npropagation MS_SLAVE\nroot-host\n%s\ndrop-capabilities 0 0\nno-new-privileges\nchdir / ""\nclose-descriptors 3\n' "$1" "$2" |
        awk '{ n = gsub(/"/, "\""); printf "%s", $0; open = (open + n) % 2; printf "%s", open ? "\\n" : "\n" }'
}
if ! printf 'spawn CLONE_NEWUSER|CLONE_NEWNS 0\nid-map UID UID GID GID\npropagation MS_SLAVE\nroot-host\n' | "$BIN/planasm" | "$L" --probe 2>/dev/null | grep -q '^ok'; then
    skip "protected and hidden paths: no mounts in a user namespace"
    exit 0
fi
home() { # a new one
    chmod -R u+rwx "$H" 2>/dev/null
    rm -rf "$H"
    mkdir -p "$H"
}

# --- many paths in one directory -----------------------------------------------------------------------------------

home
many=$(for i in 1 2 3 4 5 6 7 8 9; do printf '%s\n' "$H/.file$i" "$H/.directory$i/x"; done)
host "watch \"$many\" \"made @path\" 0" "protect \"$many\" \"\" 0
hide \"$(for i in 1 2 3 4 5 6 7 8 9; do echo "$H/.secret$i"; done)\" \"\" 0" | plan many
mkdir "$H/.directory5"
echo old >"$H/.file7"
echo old >"$H/.directory5/x"
echo old >"$H/.secret8"
run many "for i in 1 2 3 4 5 6 7 8 9; do echo new >>.file\$i; done; mkdir .directory6; echo x >.directory6/x; echo x >.directory5/x"
[ "$(cat "$H/.file7" "$H/.directory5/x")" = 'old
old' ];                                 ok $? "of many paths in a directory, what is there is protected"
[ "$(grep -c 'made .*file' err)" = 8 ]; ok $? "and what was not there is told"
says "made $H/.directory6/x" "in a directory that was not there as well"
run many "cat .secret8";                no "of many hidden paths, what is there cannot be read"

home
deep=$(for i in a l f d; do printf '%s\n' "$H/.$i/b/c" "$H/.$i/b/c/d"; done)
host "watch \"$H/.x
$deep\" \"made @path\" 0" '' | plan deep
ln -s later "$H/.l"
echo x >"$H/.f"
mkdir "$H/.d"
run deep "mkdir -p .a/b later/b .d/b/c; rm .f; mkdir -p .f/b; touch .a/b/c .l/b/c .f/b/c .d/b/c/d"
for i in a l f d; do
    says "made $H/.$i/b/c" "what is far below a directory that was not there is told ($i)"
done
says "made $H/.d/b/c/d" "and what is below that"
run deep "touch .y"; ! grep -q made err; ok $? "what was there is not"

# --- directories that cannot be searched any more ------------------------------------------------------------------

if [ "$(id -u)" = 0 ]; then
    skip "closed directories: root searches them"
else
    host "status-descriptor 3
watch \"$H/.config/autostart
$H/.config/systemd
$H/.local/x\" \"made @path\" 0" '' | plan closing
    for mode in 000 600; do
        home; mkdir "$H/.config"
        run closing "mkdir .config/autostart; chmod $mode .config"
        says "$H/.config. cannot be searched any more" "a directory that was closed ($mode) is told"
        [ "$(wc -l <err)" = 1 ];        ok $? "once"
        grep -q "^{\"event\":\"closed\",\"path\":\"$H/.config\"}\$" status; ok $? "the status tells of it"
        home
        run closing "mkdir -p .config/autostart .local; chmod $mode .config .local"
        says "$H/.config. cannot be searched any more" "so is one that was made ($mode)"
        says "$H/.local. cannot be searched any more" "and another one"
    done
    home; mkdir "$H/.config"; chmod 000 "$H/.config"
    run closing true;                   quiet "one that was closed before is not"
fi

# --- paths that are broken -----------------------------------------------------------------------------------------

home; ln -s loop "$H/loop"
host '' "protect $H/loop/x \"\" 0" | plan listed
host '' "protect $H/loop/x \"\" 8
hide $H/loop/y \"\" 8" | plan usual
run listed "touch ran";                 [ "$code" = 125 ] && [ ! -e "$H/ran" ]; ok $? "a listed path that is broken ends the run"
run usual "touch ran";                  [ "$code" = 0 ] && [ -e "$H/ran" ]; ok $? "a usual one does not"
says "loop/x. is broken" "it is warned about"

# --- a terminal that the command leaves in disorder ----------------------------------------------------------------

home
host "watch $H/.made \"made @path\" 0" '' | plan telling
if command -v script >/dev/null; then
    (cd "$W" && TERM=xterm script -qec "$L run $WORK/telling -- sh -c 'echo >.made; printf \"\\033[8m\"'" /dev/null) >out 2>/dev/null </dev/null
    grep -q "$(printf '\033\\[0m').*made $H/.made" out; ok $? "what is said behind a command's last sequence can be seen"
    rm -f "$H/.made"
    (cd "$W" && TERM=dumb script -qec "$L run $WORK/telling -- sh -c 'echo >.made'" /dev/null) >out 2>/dev/null </dev/null
    ! grep -q "$(printf '\033')" out && grep -q "made $H/.made" out; ok $? "a terminal that has no sequences gets none"
else
    skip "a terminal's disorder: needs script(1)"
fi
rm -f "$H/.made"
run telling "echo >.made";              says "^hexe-policy: made $H/.made\$" "a file gets none"

# --- symlinks within what is protected or hidden -------------------------------------------------------------------

dotfiles() {
    home
    mkdir -p "$H/.config/fish/conf.d" "$H/dotfiles/deep" "$H/keys" "$H/elsewhere"
    echo old >"$H/dotfiles/fish"
    echo old >"$H/dotfiles/deep/one"
    echo old >"$H/elsewhere/key"
    ln -s "$H/dotfiles/fish" "$H/.config/fish/config.fish"
    ln -s ../../../dotfiles/deep "$H/.config/fish/conf.d/deep"
    ln -s ../elsewhere/key "$H/keys/id"
    ln -s "$(readlink -f /usr/bin/od)" "$H/keys/python"
    ln -s /dev/null "$H/keys/masked"
    ln -s loop "$H/keys/loop"
    ln -s nowhere "$H/keys/dangling"
    mkdir -p "$H/apps/v1" "$H/apps/v2"
    echo old >"$H/apps/v1/tool"
    echo new >"$H/apps/v2/tool"
    ln -s v1 "$H/apps/current"
    ln -s "$H/apps/current/tool" "$H/.config/fish/tool"
    ln -s ../../apps/current/tool "$H/.config/fish/same"
}
host '' "protect \"$H/.config/fish\" \"\" 8
hide \"$H/keys\" \"\" 0" | plan linked
for file in .config/fish/config.fish dotfiles/fish dotfiles/deep/one; do
    dotfiles
    run linked "echo new >>$file";      no "what a symlink in a protected directory leads to cannot be written ($file)"
    run linked "rm dotfiles/fish || mv dotfiles gone"; no "nor removed, nor moved away"
    [ "$(cat "$H/dotfiles/fish" "$H/dotfiles/deep/one" | sort -u)" = old ]; ok $? "it is as it was"
done
dotfiles
for way in "ln -sfn v2 apps/current" "rm apps/current" "mv apps/current apps/before" "mv apps gone" "mv apps/v1 apps/before"; do
    run linked "$way";                  no "a symlink on the way from a protected directory cannot be led elsewhere ($way)"
done
[ "$(readlink "$H/apps/current")" = v1 ] && [ "$(cat "$H/.config/fish/tool")" = old ]; ok $? "it leads to what it did"
run linked "grep -c apps/current /proc/self/mountinfo"; [ "$(cat out)" = 1 ]; ok $? "it is kept once, however many lead over it"
run linked "echo new >dotfiles/other";  yes "what lies beside it can be made"
run linked "cat keys/id elsewhere/key"; no "what a symlink in a hidden directory leads to cannot be read"
run linked "echo new >elsewhere/new";   yes "what lies beside it can be made as well"
run linked "od elsewhere/new";          yes "a program of the system to which one leads stays"
run linked "echo x >/dev/null";         yes "so does the null device"
home; mkdir -p "$H/keys"; ln -s . "$H/keys/self"; echo old >"$H/keys/key"
run linked "cat keys/key";              no "a symlink that leads back is no way around"

# --- what the host replaces meanwhile ------------------------------------------------------------------------------

during() { # PLAN OUTSIDE INSIDE: OUTSIDE is done while the sandbox runs, INSIDE behind it
    rm -f "$WORK/ready" "$WORK/go"
    (cd "$W" && exec "$L" run "$WORK/$1" -- sh -c "echo >$WORK/ready; while [ ! -e $WORK/go ]; do sleep 0.02; done; $3") >out 2>err 3>status </dev/null & process=$!
    while [ ! -e "$WORK/ready" ]; do sleep 0.02; done
    eval "$2"
    : >"$WORK/go"
    wait $process
    code=$?
}
guarded="watch \"$H/.bashrc
$H/.profile\" \"made @path\" 0"
covering="protect \"$H/.bashrc
$H/.profile\" \"\" 0
hide \"$H/key
$H/later\" \"\" 0
hide \"$H/usual\" \"\" 8
hide \"$H/keys\" \"r config\" 8"
replaced_home() {
    home; mkdir -p "$H/keys"
    for file in .bashrc .profile key keys/id keys/config; do echo old >"$H/$file"; done
}
host "status-descriptor 3
$guarded" "$covering" | plan replaced
replaced_home
during replaced "echo new >$H/.new && mv $H/.new $H/.bashrc; echo new >>$H/.profile" true
says "$H/.bashrc. was replaced on the host meanwhile, and not protected from then on" "a protected file that the host replaces is told"
! grep -q "profile" err;                ok $? "one that it writes is not: it is still protected"
grep -q "^{\"event\":\"replaced\",\"path\":\"$H/.bashrc\"}\$" status; ok $? "the status tells of it"

host "status-descriptor 3
$guarded" "$covering
mount-again" | plan again
settle() { # SCRIPT: what the supervisor has done is seen inside: waits until it fails there
    echo "i=0; while ($1) 2>/dev/null && [ \$i -lt 500 ]; do i=\$((i + 1)); sleep 0.02; done"
}
watching() { # once the supervisor watches
    i=0
    until grep -qs "inotify wd" /proc/$process/fdinfo/* || [ $i -ge 500 ]; do i=$((i + 1)); sleep 0.02; done
}
replace() { # FILE: as an editor does
    watching
    echo new >"$H/.new" && mv "$H/.new" "$H/$1"
}
if printf 'mount-api-query\n' | "$BIN/planasm" | "$L" --probe 2>/dev/null | grep -q '^ok'; then
    replaced_home
    during again "replace .bashrc" "$(settle "echo inside >>.bashrc"); echo inside >>.bashrc"
    no "what the host replaces is protected again"
    ! grep -q 'not protected from then on' err && says "$H/.bashrc. was replaced on the host meanwhile" "and that is told"
    grep -q "\"path\":\"$H/.bashrc\"}\$" status; ok $? "the status tells of it"
    replaced_home
    during again "replace key" "$(settle "cat key"); cat key"
    no "what was hidden is hidden again"
    says "$H/key. was replaced on the host meanwhile, and could be opened for [0-9]* ms before it was hidden again" "and that is told"
    replaced_home
    during again "watching; echo new >$H/later" "$(settle "cat later"); cat later"
    no "a listed path that comes into being is hidden"
    says "$H/later. was made meanwhile" "and that is told"
    replaced_home
    during again watching "echo mine >usual; echo mine >later; $(settle "cat later"); cat usual"
    yes "one that nobody listed can be made by the command, and used"
    replaced_home
    during again "watching; mv $H/keys $H/.old; cp -r $H/.old $H/keys" "$(settle "cat keys/id"); cat keys/id"
    no "a directory that the host replaces is hidden again"
    replaced_home
    during again "watching; rm $H/.profile" "until echo inside >.profile; do sleep 0.02; done; $(settle "echo inside >>.profile"); echo inside >>.profile"
    no "what the host removes, and the command makes, is protected from then on"
    says "$H/.profile. was replaced on the host meanwhile, and may have been changed" "and it is told that it may be the command's"
    replaced_home; rm -rf "$H/deep"; mkdir -p "$H/deep/er"; echo old >"$H/deep/er/file"
    host "$guarded" "protect $H/deep/er/file \"\" 0
mount-again" | plan deep
    during deep "watching; mv $H/deep $H/old; cp -r $H/old $H/deep" "$(settle "echo inside >>deep/er/file"); echo inside >>deep/er/file"
    no "where a directory above is replaced, what is in it is protected again"
    replaced_home; mkdir -p "$H/one" "$H/two"; echo old >"$H/one/file"
    host "$guarded" "bind $H/one $H/two 0 1
protect \"$H/one/file
$H/two/file\" \"\" 0
mount-again" | plan twice
    during twice "replace one/file" "$(settle "echo inside >>one/file"); $(settle "echo inside >>two/file"); echo inside >>one/file"
    no "in a directory that is in two places, what the host replaces is protected again in one"
    during twice "replace one/file" "$(settle "echo inside >>one/file"); $(settle "echo inside >>two/file"); echo inside >>two/file"
    no "and in the other"
    run again true
    quiet "a short command is told nothing"
    # a command can take all that its user may have: here the limits of a namespace above
    {
        echo '#!/bin/sh'
        echo 'export inner="unshare --user --map-user=$(id -u) --map-group=$(id -g)"'
        echo 'exec unshare --user --map-root-user sh -c '"'"'echo "$2" >"/proc/sys/user/max_inotify_$1" && shift 2 && exec $inner "$@"'"'"' sh $few "'"$L"'" "$@"'
    } >"$WORK/few"
    chmod 755 "$WORK/few"
    whole=$L L=$WORK/few
    export few
    for few in "instances 0" "watches 0" "watches 2"; do
        if ! "$L" run "$WORK/again" -- true >/dev/null 2>&1 3>&1 </dev/null; then
            skip "where nothing can be watched ($few): this user has no user namespace in which limits can be set"
            continue
        fi
        replaced_home
        during again "sleep 0.3; echo new >$H/.new; mv $H/.new $H/.bashrc" "$(settle "echo inside >>.bashrc"); echo inside >>.bashrc"
        no "where the user has no more $few of inotify, what the host replaces is protected again"
        says "$H/.bashrc. was replaced on the host meanwhile, and may have been changed" "and that is told ($few)"
    done
    L=$whole
    crowded "$L" run again -- true >out 2>err 3>status </dev/null
    [ "$code" = 0 ];                    ok $? "where too many descriptors are on their way, what is mounted is handed over later"
    # symlinks in what is protected, which lead nowhere at the start
    host "status-descriptor 3" "protect \"$H/.config/fish\" \"\" 8
protect \"@cwd/.vscode\" \"\" 10
mount-again" | plan nowhere
    nowhere() {
        home; mkdir -p "$H/.config/fish/conf.d" "$H/src" "$H/shared"
        ln -s "$H/src/later.fish" "$H/.config/fish/conf.d/one.fish"
        ln -s ../../src/new/deep "$H/.config/fish/two.fish"
        ln -s shared/code "$H/.vscode"
    }
    for wait in true 'sleep 0.2'; do
        nowhere
        run nowhere "echo x >src/later.fish; mkdir src/new; echo x >src/new/deep; mkdir shared/code; $wait"
        for link in .config/fish/conf.d/one.fish:src/later.fish .config/fish/two.fish:src/new/deep .vscode:shared/code; do
            says "$H/${link%%:*}. leads to .$H/${link#*:}., which was made meanwhile" "what is made where a protected symlink leads is told ($link, $wait)"
            grep -q "^{\"event\":\"appeared\",\"path\":\"$H/${link%%:*}\"}\$" status; ok $? "the status tells of it"
        done
    done
    nowhere; run nowhere "echo x >src/other"; quiet "where they still lead nowhere, nothing is told"
    host "" "mount-again" | "$BIN/planasm" >"$WORK/alone" 2>/dev/null; chmod 600 "$WORK/alone"
    "$L" run "$WORK/alone" -- true 2>err;  [ $? = 125 ]; ok $? "without anything that is mounted, a plan is refused"
else
    skip "what is mounted again: needs the new mount calls"
fi
rm -f "$WORK/ready" "$WORK/go"

# --- what git obeys ------------------------------------------------------------------------------------------------

if command -v git >/dev/null; then
    # Files that are not there, and never a device: git writes by renaming, which root may do in /dev.
    export GIT_CONFIG_GLOBAL="$WORK/no-global" GIT_CONFIG_SYSTEM="$WORK/no-system"
    name='-c user.name=a -c user.email=a@b'
    P=$H/project
    project() {
        home
        (git init -q "$P" && cd "$P" && mkdir hooks.d && echo '#!/bin/sh' >hooks.d/pre-commit && : >local &&
            git config core.hooksPath hooks.d && git config include.path ../local &&
            git $name commit -q --allow-empty -m x && git worktree add -q ../tree) >/dev/null 2>&1
        sleep 0.05
    }
    host 'git-data @cwd 1000 "git obeys it"' 'git-links @cwd ""' | plan git
    project; W=$P
    run git "echo x >>hooks.d/pre-commit"; no "a directory that core.hooksPath names is protected"
    run git "echo x >>local";           no "so is a file that include.path names"
    W=$H/tree
    run git "rm -f .git";               no "a file \`.git\` cannot be removed"
    run git "echo x >.git";             no "nor written"
    run git "echo x >>$P/.git/config";  no "the configuration that it leads to cannot be written"
    run git "touch $P/.git/hooks/new";  no "nor its hooks"
    W=$P
    for script in 'git init -q sub' 'git init -q --bare sub' 'mkdir sub; echo "gitdir: x" >sub/.git' 'mkdir .git/rebase-merge; echo x >.git/rebase-merge/git-rebase-todo' \
        'mkdir -p .git/modules/sub/objects .git/modules/sub/refs; echo x >.git/modules/sub/HEAD; echo x >.git/modules/sub/config' 'git init -q a/b/c/d'; do
        project
        run git "$script"
        says "git obeys it" "what git would obey is told ($script)"
    done
    project; W=$P
    # `ESC [`, as one character (CSI), and one that turns round what follows: both are shown as they are by terminals
    csi=$(printf '\302\2338m') turned=$(printf '\342\200\256') torn=$(printf '\233')
    run git "git init -q --bare 'a$csi'; git init -q --bare 'b${turned}c$torn'; git init -q --bare 'd\303\251'"
    [ "$(grep -c 'config. was made or changed' err)" = 3 ] && ! LC_ALL=C grep -q "$csi\|$turned\|$torn" err; ok $? "no name of a file drives the terminal that it is shown on"
    says "b?c?/config" "what would do so is left out"
    host 'git-data @cwd 40 "git obeys it"' 'git-links @cwd ""' | plan near
    home; (cd "$H" && mkdir a && cd a && mkdir $(seq 4000)); W=$H # looked into as a whole behind what takes 20 s
    run near 'git init -q --bare z';    says "/z/config. was made or changed" "where not all can be looked into, what is near the top is"
    says "has more directories, or deeper ones, than are searched" "which is said"
    run near 'git init -q a/4000/b';    ! grep -q "4000/b" err; ok $? "and what is far down is not"
    host 'git-data @cwd 1500 "git obeys it"' 'git-links @cwd ""' | plan later
    run later 'git init -q a/3999/b; sleep 1'; says "3999/b/.git/config. was made or changed" "it is behind a command that takes longer"
    mkdir "$H/deep" "$H/wide"; W=$H/deep
    run near true;                      quiet "where all can be looked into, nothing is said"
    run near 'd=$(seq -s / 41); mkdir -p "$d"'; says "has more directories, or deeper ones" "a command that makes them too deep is not passed over in silence"
    W=$H/wide
    run near "mkdir \$(seq 5000)";    says "has more directories, or deeper ones" "nor one that makes too many"
    W=$P
    project
    run git "git $name commit -q --allow-empty -m y; echo x >plain"; ! grep -q "git obeys it" err; ok $? "a commit and a file are not"
    # --- what git is not led to --------------------------------------------------------------------------------------

    comes() { echo "i=0; while [ ! -e $1 ] && [ \$i -lt 1000 ]; do i=\$((i + 1)); sleep 0.02; done"; } # FILE: a script that waits for it
    host "git-placeholders @cwd \"\" $H" 'git-links @cwd ""' | plan held
    planted() { # FILE: what the host's git says afterwards
        run held "$2"
        no "$1"
        rm -f "$H/mark"; (cd "$P" && git status --short) >/dev/null 2>&1
        [ ! -e "$H/mark" ] && [ ! -e "$P/.git/commondir" ]; ok $? "and git outside runs nothing: $1"
    }
    project; W=$P
    cp -r "$P/.git" "$H/evil" && git config -f "$H/evil/config" core.fsmonitor "touch $H/mark; false"
    echo ../../evil >"$P/.git/commondir"; (cd "$P" && git status) >/dev/null 2>&1
    [ -e "$H/mark" ];                   ok $? "git obeys a file \`commondir\` (and so the next ones try something)"
    rm -f "$P/.git/commondir" "$H/mark"
    planted "\`commondir\` cannot be written" "echo ../../evil >.git/commondir"
    planted "nor removed" "rm -f .git/commondir"
    planted "nor replaced" "echo ../../evil >x; mv -f x .git/commondir"
    planted "nor by a link" "ln -sf ../../evil/gitdir .git/commondir"
    planted "nor moved away with its directory" "mv .git .g && mkdir .git"
    planted "nor that of the main worktree from a linked one" "cd $H/tree && echo ../../evil >$P/.git/commondir"
    rm -rf "$P/.git/hooks"
    planted "hooks cannot be made where there is no directory" "mkdir -p .git/hooks && touch .git/hooks/post-checkout"
    [ ! -e "$P/.git/hooks" ];           ok $? "and that does not stay"
    git -C "$P" config extensions.worktreeConfig true
    planted "a configuration of the worktree cannot be made where it counts" "echo x >.git/config.worktree"
    [ ! -e "$P/.git/config.worktree" ]; ok $? "and does not stay"
    mkdir -p "$P/.git/modules/a/b" && cp -r "$H/evil/." "$P/.git/modules/a/b"
    planted "nor \`commondir\` of a submodule" "echo ../../../evil >.git/modules/a/b/commondir"
    [ ! -e "$P/.git/modules/a/b/commondir" ]; ok $? "which does not stay"
    run held "git $name commit -q --allow-empty -m y && git worktree list && git gc -q && git fsck && git worktree add -q w && git -C w status"
    yes "git works as before"
    (cd "$P" && exec "$L" run "$WORK/held" -- sh -c "touch $H/one; $(comes "$H/two"); echo x >.git/commondir") 2>/dev/null &
    first=$!
    eval "$(comes "$H/one")"
    run held "touch $H/two"
    wait "$first";                      [ $? != 0 ] && [ ! -e "$P/.git/commondir" ]; ok $? "one that another sandbox needs stays as long as that"
    host "watch $P/.git/commondir \"made @path\" 0
git-placeholders @cwd \"\" $H" '' | plan told
    rm -f "$H/one" "$H/two" "$H/three"
    (eval "$(comes "$H/one")"; cd "$P" && exec "$L" run "$WORK/told" -- sh -c "touch $H/two; $(comes "$H/three")") 2>other </dev/null &
    second=$!
    run told "touch $H/one; $(comes "$H/two")"
    [ -e "$P/.git/commondir" ] && [ ! -s err ]; ok $? "and is not told of by the one that ends before it"
    touch "$H/three"; wait "$second"
    [ ! -s other ] && [ ! -e "$P/.git/commondir" ]; ok $? "nor by the one that it goes with"
    printf './\n' >"$P/.git/commondir"; chmod 444 "$P/.git/commondir"
    planted "one that was left behind is taken over" "echo ../../evil >.git/commondir"
    echo ../other >"$P/.git/commondir"; run held true
    [ "$(cat "$P/.git/commondir")" = ../other ]; ok $? "what was there before stays"
    host "git-placeholders @cwd \"\" /nowhere" '' | plan elsewhere
    project
    run elsewhere "test ! -e .git/commondir"; yes "where the command cannot write nothing is made"
    host "git-placeholders @cwd \"$P/.git/commondir\" /" '' | plan left
    run left "test ! -e .git/commondir"; yes "nor what somebody listed"
    # --- what git is no longer made to run ---------------------------------------------------------------------------

    inert_in() { # WRITABLE: a plan
        host "status-descriptor 3
git-placeholders @cwd \"\" $1
git-data @cwd 1000 \"git obeys it\"
git-config @git 0 --git-config \"core.bare\ncore.filemode\ncore.logallrefupdates\ncore.repositoryformatversion\nremote.*\nbranch.*\nsubmodule.*\nuser.*\" \"core.worktree\ncore.fsmonitor\ncore.hookspath\ninclude.*\nfilter.*.clean\nalias.*\"" 'git-links @cwd ""'
    }
    inert_in / | plan inert
    runs="touch $H/mark; false"
    plant() { # WORDS DIRECTORY SCRIPT: git, called there afterwards
        rm -f "$H/mark"
        run inert "$3"
        says "was made inert" "$1 is made inert"
        (cd "$P/$2" && git status && git checkout -b other) >/dev/null 2>&1
        [ ! -e "$H/mark" ];             ok $? "and git outside runs nothing: $1"
    }
    project; W=$P
    git init -q "$P/real" && git -C "$P/real" config core.fsmonitor "$runs" && (cd "$P/real" && git status >/dev/null 2>&1)
    [ -e "$H/mark" ];                   ok $? "git runs what a nested repository names (and so the next ones try something)"
    project
    plant "a nested repository" a "git init -q a && git -C a config core.fsmonitor '$runs' && git -C a config user.name me && git -C a config x.y z"
    [ "$(git -C "$P/a" config user.name)$(git -C "$P/a" config x.y)" = mez ]; ok $? "with its other lines"
    grep -q fsmonitor "$P/a/.git/config.inert"; ok $? "and what it was stays beside it"
    grep -q '"git-data".*a/.git/config","inert":true' status; ok $? "the status has it"
    plant "a line that is not plain" b "git init -q b && printf '[core] fsmonitor = \"$runs\"\n' >>b/.git/config"
    plant "a configuration behind a symlink" c "git init -q c && git -C c config core.fsmonitor '$runs' && mv c/.git/config c/x && ln -s ../x c/.git/config"
    plant "a hook" d "git init -q d && printf '#!/bin/sh\n$runs\n' >d/.git/hooks/post-checkout && chmod +x d/.git/hooks/post-checkout && git -C d $name commit -q --allow-empty -m x"
    plant "a repository that an added gitlink leads to" . "git init -q e && git -C e $name commit -q --allow-empty -m x && git -C e config core.fsmonitor '$runs' && git add e"
    git -C "$P" reset -q
    plant "a file \`.git\`" f "mkdir f && git init -q --separate-git-dir g f && git -C f config core.fsmonitor '$runs'"
    plant "what \`commondir\` leads to" h "git init -q h && git init -q --bare i && git -C i config core.bare false && git -C i config core.fsmonitor '$runs' && echo ../../i >h/.git/commondir"
    plant "the project itself without its HEAD" . "mv .git/HEAD kept && mkdir objects refs && echo ref: refs/heads/x >HEAD && printf '[core]\nbare=false\nworktree=$P\nfsmonitor=\"$runs\"\n' >config"
    mv "$P/kept" "$P/.git/HEAD"; rm -rf "$P/HEAD" "$P/objects" "$P/refs"
    run inert "git init -q j && git -C j config user.name me && git worktree add -q k && git clone -q . l"
    yes "repositories and worktrees are made below a project"
    ! grep -q inert err && git -C "$P/k" status >/dev/null && git -C "$P/l" log >/dev/null; ok $? "which stay as they are"
    plant "a symlink to hooks" q "git init -q q && rm -r q/.git/hooks && mkdir r && printf '#!/bin/sh\n$runs\n' >r/post-checkout && chmod +x r/post-checkout && ln -s ../../r q/.git/hooks && git -C q $name commit -q --allow-empty -m x"
    git init -q "$P/s" && rm -r "$P/s/.git/hooks" && mkdir "$P/t" && ln -s ../../t "$P/s/.git/hooks" && git -C "$P/s" $name commit -q --allow-empty -m x
    sleep 0.05
    plant "what an old symlink to hooks leads to" s "printf '#!/bin/sh\n$runs\n' >t/post-checkout && chmod +x t/post-checkout"
    deep=deep/1/2/3/4/5/6/7/8/9/10/11/12
    run inert "mkdir -p $deep u && git init -q --separate-git-dir $deep/git u"; ! grep -q "git obeys it\|inert" err; ok $? "a git directory that lies deep is harmless as it is made"
    plant "what is put into it later" u "git config -f $deep/git/config core.fsmonitor '$runs'"
    rm -rf "$P/deep" "$P/u"
    plant "a configuration in a closed directory" i1 "git init -q i1 && git -C i1 config core.fsmonitor '$runs' && chmod 311 i1/.git"
    plant "one in a directory that is not to be changed" i2 "git init -q i2 && git -C i2 config core.fsmonitor '$runs' && chmod 555 i2/.git"
    plant "a hook in a closed directory" i3 "git init -q i3 && printf '#!/bin/sh\n$runs\n' >i3/.git/hooks/post-checkout && chmod +x i3/.git/hooks/post-checkout && git -C i3 $name commit -q --allow-empty -m x && chmod 311 i3/.git/hooks"
    plant "a file \`.git\` that this reader could take otherwise" i4 "git init -q --bare .git/objects/evil && git -C .git/objects/evil config core.bare false && git -C .git/objects/evil config core.fsmonitor '$runs' && mkdir -p 'i4/.
' && printf 'gitdir: .\n/../../.git/objects/evil' >i4/.git"
    rm -rf "$P/.git/objects/evil"
    git init -q --bare "$P/old.git" && git -C "$P/old.git" config core.bare false && git -C "$P/old.git" config core.fsmonitor "$runs"
    mkdir "$P/tools" && printf '#!/bin/sh\n%s\n' "$runs" >"$P/tools/post-checkout" && chmod +x "$P/tools/post-checkout"
    sleep 0.05
    plant "a file \`.git\` that leads to old data" i5 "mkdir i5 && echo 'gitdir: ../old.git' >i5/.git"
    plant "a directory of old hooks" i6 "git init -q i6 && rm -r i6/.git/hooks && mv tools i6/.git/hooks && git -C i6 $name commit -q --allow-empty -m x"
    plant "what leads to the project's own data" i7 "mkdir i7 && echo 'gitdir: ../.git' >i7/.git"
    run inert "git init -q i8 && git -C i8 $name commit -q --allow-empty -m x && mkdir -p i8/.git/worktrees/n/modules/.ssh && echo $H/.git >i8/.git/worktrees/n/gitdir && git init -q --bare i8/.git/worktrees/n/modules/.ssh/s && git config -f i8/.git/worktrees/n/modules/.ssh/s/config core.worktree ../../../../../../../../.ssh/s"
    says "modules/.ssh/s/config. would make git run something, and was made inert" "a submodule of a worktree that is not there has no place"
    rm -rf "$P"/i? "$P/old.git"
    W=$H
    run inert "git init -q one && git -C one $name commit -q --allow-empty -m x && git -C one worktree add -q ../two && git init -q --bare three && git -C three $name fetch -q ../one HEAD:main && git -C three worktree add -q ../four main"
    yes "worktrees are made beside their repository"
    ! grep -q hexe-policy: err && git -C "$H/two" status >/dev/null 2>&1 && git -C "$H/four" status >/dev/null 2>&1; ok $? "which is harmless, and they stay as they are"
    run inert "git -C two $name -c protocol.file.allow=always submodule --quiet add $H/one sub"
    ! grep -q hexe-policy: err && git -C "$H/two/sub" status >/dev/null 2>&1; ok $? "so is a submodule in one of them"
    run inert "mkdir half && mkdir -p one/.git/worktrees/half && echo gitdir: $H/one/.git/worktrees/half >half/.git"; quiet "one that is being made is no danger yet"
    plant "its work tree that leads to other shared data" ../half "git init -q v && git -C v config core.fsmonitor '$runs' && cp v/.git/HEAD one/.git/worktrees/half && echo $H/v/.git >one/.git/worktrees/half/commondir"
    W=$H/two
    run inert "git $name -c protocol.file.allow=always submodule --quiet add $H/one other"
    ! grep -q inert err && git -C "$H/two/other" status >/dev/null 2>&1; ok $? "nor is a submodule where the linked worktree is the working directory"
    W=$P
    inert_in "$P" | plan own
    (cd "$P" && exec "$L" run "$WORK/own" -- sh -c "touch $H/one.ready; $(comes "$H/one.go")") 2>err3 3>/dev/null &
    first=$!
    eval "$(comes "$H/one.ready")"
    git -C "$H/one" worktree add -q "$P/w" 2>/dev/null && touch "$H/one.go"; wait "$first"
    ! grep -q inert err3 && git -C "$P/w" status >/dev/null 2>&1; ok $? "a worktree that the host adds, of a repository elsewhere, stays"
    for target in one/.git one/.git/worktrees/two one/.git/worktrees/w; do
        run own "mkdir -p x && echo 'gitdir: $H/$target' >x/.git"
        says "x/.git. would make git run something, and was made inert" "what leads to $target from elsewhere is made inert"
    done
    rm -rf "$H/one" "$H/two" "$H/half" "$H/three" "$H/four" "$P/w"
    run inert "git init -q p && git -C p config x.y z"; says "p/.git/config. was made or changed" "a line of which nothing is known is told"
    [ "$(git -C "$P/p" config x.y)" = z ] && [ ! -e "$P/p/.git/config.inert" ]; ok $? "and stays"
    (cd "$P" && exec "$L" run "$WORK/inert" -- sh -c "touch $H/one; $(comes "$H/two")") 2>err3 3>/dev/null &
    first=$!
    eval "$(comes "$H/one")"
    git -C "$P" config core.fsmonitor false; touch "$H/two"; wait "$first"
    ! grep -q inert err3 && [ "$(git -C "$P" config core.fsmonitor)" = false ]; ok $? "what the host changes in the repository stays"
    run inert "mkdir m && printf '[core]\nfsmonitor = \"x\"\n' >m/config"
    says "m/config. was made or changed meanwhile" "what could become one is told"
    run inert "mkdir -p n/config o && printf '[build]\njobs = 4\n' >o/config"; quiet "other programs' files are not"
    rm -rf "$H/one" "$H/two"
    # --- git directories that are older than the run ---------------------------------------------------------------------

    project; W=$P
    for bare in fixture usual; do git init -q --bare "$P/$bare"; done
    git -C "$P/fixture" config core.fsmonitor "$runs"
    git init -q "$P/nest" && echo true >"$P/nest/.git/hooks/pre-commit" && mkdir "$P/nest/sub"
    sleep 0.05
    run inert "echo x >nest/sub/file; HOME=/no-such XDG_CONFIG_HOME= git -C nest add sub"
    quiet "an old nested repository with hooks that is worked in is not told"
    run inert "mkdir one && mv usual one/.git"
    quiet "nor is an old git directory without anything in it that is moved into place"
    run inert "mkdir two && mv fixture two/.git && touch two/.git/index"
    says "two/.git. was made or changed" "one with a configuration that names a program is told"
    rm -rf "$P/one" "$P/two" "$P/nest"
    # --- what a configuration names elsewhere --------------------------------------------------------------------------

    project; W=$P
    mkdir "$P/old" && cp -r "$P/hooks.d" "$P/local" "$P/old" && (cd "$P/old" && git init -q && git config core.hooksPath hooks.d && git config include.path ../local)
    git -C "$P" worktree add -q "$P/wood" 2>/dev/null; (cd "$P" && git add -f hooks.d && git $name commit -qm hooks) >/dev/null 2>&1
    sleep 0.05
    run inert "echo 2 >old/file; mkdir old/sub; echo 3 >wood/file; touch new"
    quiet "files beside hooks that nobody changed are not told"
    run inert "echo x >>old/hooks.d/pre-commit"
    says "old/hooks.d/pre-commit. was made or changed" "a hook that an old nested repository names is told"
    run inert "echo x >old/hooks.d/new; mv old/hooks.d/new old/hooks.d/post-commit"
    says "old/hooks.d/post-commit. was made or changed" "so is one that is moved there"
    run inert "printf '[core]\nfsmonitor = x\n' >old/local"
    says "old/local. was made or changed" "so is a configuration that it includes"
    mkdir "$P/aside" && echo true >"$P/aside/pre-commit" && printf '[core]\nfsmonitor = x\n' >"$P/aside/local"
    sleep 0.05
    run inert "rm -r old/hooks.d; mv aside old/hooks.d"
    says "old/hooks.d/pre-commit. was made or changed" "so is an old hook whose directory is moved there"
    run inert "rm old/local; ln -s hooks.d/local old/local"
    says "old/hooks.d/local. was made or changed" "so is an old configuration that a new symlink leads to"
    run inert "rm old/local; for i in 1 2 3 4 5 6 7 8; do printf '[include]\npath = local\n'; done >old/local"
    says "old/local. was made or changed" "one that includes itself is read to an end"
    : >"$P/old/local" # git itself goes no further with it
    git -C "$P" config core.hooksPath later.d && git -C "$P" config include.path ../later
    run inert "mkdir later.d; echo x >later.d/pre-commit; printf '[core]\nfsmonitor = x\n' >later"
    says "later.d/pre-commit. was made or changed" "a hook is told where the named directory was missing at the start"
    says "later. was made or changed" "and so is a configuration"
    rm -rf "$P/later.d" "$P/later"; git -C "$P" config core.hooksPath hooks.d && git -C "$P" config include.path ../local
    sleep 0.05
    run inert "mkdir wood/hooks.d; echo x >wood/hooks.d/pre-commit"
    says "wood/hooks.d/pre-commit. was made or changed" "so is a hook of an old worktree, where the shared configuration names it from its top"
    sleep 0.05
    run inert "HOME=/no-such XDG_CONFIG_HOME= git worktree add -q fresh"
    quiet "a new worktree with the hooks of the protected one is not told"
    [ -e "$P/fresh/hooks.d/pre-commit" ]; ok $? "which it has"
    run inert "git worktree add -q fresh2; echo x >>fresh2/hooks.d/pre-commit"
    says "fresh2/hooks.d/pre-commit. was made or changed" "one with others is"
    [ -e "$P/fresh2/hooks.d/pre-commit" ]; ok $? "and they stay where they are"
    mkdir -p "$P/.husky/_" && echo true >"$P/.husky/pre-commit" && git -C "$P" config core.hooksPath .husky/_
    run inert "echo x >>.husky/pre-commit"; no "what the hooks of husky run is protected"
    run inert "echo x >>.husky/_/pre-commit"; no "and so are they"
    mkdir -p "$P/old/.husky/_" && echo true >"$P/old/.husky/pre-commit" && git -C "$P/old" config core.hooksPath .husky/_
    sleep 0.05
    run inert "echo x >>old/.husky/pre-commit"; says "old/.husky/pre-commit. was made or changed" "in a nested repository they are told"
    # what a work tree elsewhere has: named from there
    mkdir "$P/away" "$P/away/hooks.d" && echo true >"$P/away/hooks.d/pre-commit" && git -C "$P/old" config core.hooksPath hooks.d && git -C "$P/old" config core.worktree ../../away
    sleep 0.05
    run inert "echo x >>away/hooks.d/pre-commit"; says "away/hooks.d/pre-commit. was made or changed" "hooks are named from the work tree that the configuration names"
    rm -rf "$P/old" "$P/wood" "$P/fresh" "$P/fresh2" "$P/away"
    # --- what the configuration of the user names --------------------------------------------------------------------

    git -C "$P" config core.hooksPath hooks.d; git -C "$P" config --unset core.hooksPath
    mkdir -p "$P/shared" "$H/mine/hooks" "$H/template/hooks" "$P/nest/shared"
    for file in "$P/shared/pre-commit" "$H/mine/hooks/pre-commit" "$H/template/hooks/pre-commit" "$P/nest/shared/pre-commit"; do echo true >"$file"; done
    git init -q "$P/nest"
    printf '[include]\npath = mine/more\n[includeIf "gitdir:~/"]\n\tpath = %s/later\n[init]\n\ttemplateDir = %s/template\n' "$H" "$H" >"$H/dots"
    printf '[core]\nhooksPath = shared\n' >"$H/mine/more"
    ln -s dots "$H/global"
    export GIT_CONFIG_GLOBAL="$H/global"
    sleep 0.05
    run inert "echo x >>shared/pre-commit";             no "hooks that the user's configuration names from the top are protected"
    run inert "echo x >>$H/mine/more";                  no "so is a configuration that it includes"
    run inert "rm -f $H/mine/more";                     no "which is not removed either"
    run inert "echo x >>$H/template/hooks/pre-commit";  no "so is the template of new repositories"
    W=$H; run inert "echo x >>$H/template/hooks/pre-commit"; no "in no repository as well"
    run inert "echo x >>$H/mine/more";                  no "with what it includes"
    W=$P
    run inert "echo x >>nest/shared/pre-commit";        says "nest/shared/pre-commit. was made or changed" "in a nested repository such hooks are told"
    run inert "printf '[core]\nfsmonitor = x\n' >$H/later"; says "$H/later. was made or changed" "so is one that was missing"
    printf '[core]\nhooksPath = %s/mine/hooks\n' "$H" >"$H/mine/more"
    run inert "echo x >>$H/mine/hooks/pre-commit";      no "hooks that it names anywhere are protected"
    mv "$H/mine/hooks" "$H/mine/v1" && ln -s v1 "$H/mine/hooks"
    run inert "ln -sfn ../evil $H/mine/hooks || rm $H/mine/hooks || mv $H/mine $H/gone"; no "nor is a symlink to them led elsewhere"
    run inert "echo x >>$H/mine/v1/pre-commit";         no "what it leads to is protected"
    rm -rf "$H/mine/hooks" "$H/mine/v1"
    run inert "mkdir $H/mine/hooks; echo x >$H/mine/hooks/pre-commit"
    [ "$(grep -c "mine/hooks/pre-commit. was made" err)" = 1 ]; ok $? "and told once where they were missing"
    export GIT_CONFIG_GLOBAL="$WORK/no-global"
    run inert "echo x >>shared/pre-commit; echo x >>$H/mine/more"; yes "what no configuration names can be written"
    # --- other ways to say it ------------------------------------------------------------------------------------------

    mkdir -p "$P/tools" "$H/mine/v2"
    said() { # CONFIGURATION FILE WHAT: the user's one
        printf '%b' "$1" >"$H/global"; echo true >"$2"
        export GIT_CONFIG_GLOBAL="$H/global"
        run inert "echo x >>$2"; no "$3"
        export GIT_CONFIG_GLOBAL="$WORK/no-global"
    }
    said '\357\273\277[core]\nhooksPath = shared\n' "$P/shared/pre-commit" "a configuration may begin with a mark of the order of bytes"
    said '[core]\nhooksPath = "sha"r\\\ned\n' "$P/shared/pre-commit" "a value may be quoted in part, and go on in the next line"
    said '[core]hooksPath=shared # x\n' "$P/shared/pre-commit" "an entry may stand behind its header, with a comment"
    said "[include]\\npath = :(optional)$H/mine/more\\n" "$H/mine/more" "a path may be optional"
    said "[includeIf \"onbranch:x]\"]\\npath = $H/mine/more\\n" "$H/mine/more" "a condition may hold a bracket"
    account=$(id -un 2>/dev/null) place=$(getent passwd "$(id -u)" | cut -d: -f6)
    if [ -n "$account" ] && [ -n "$place" ]; then
        near=$(python3 -c 'import os,sys; print(os.path.relpath(sys.argv[1], os.path.realpath(sys.argv[2])))' "$H/mine/more" "$place")
        said "[include]\\npath = ~$account/$near\\n" "$H/mine/more" "a path may begin at the home of an account"
    else
        skip "a path at the home of an account: this user has none"
    fi
    mkdir -p "$H/mine/bin"; ln -sf "$(command -v git)" "$H/mine/bin/git"
    if [ ! -L "$(command -v git)" ]; then
        cp "$(command -v git)" "$H/mine/bin/git.copy" && mv "$H/mine/bin/git.copy" "$H/mine/bin/git"
        before=$PATH; PATH=$H/mine/bin:$PATH
        said "[include]\\npath = %(prefix)/more\\n" "$H/mine/more" "a path may begin where git was installed"
        PATH=$before
    fi
    for variables in "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=Core.HooksPath GIT_CONFIG_VALUE_0=$H/mine/v2" "GIT_CONFIG_PARAMETERS='core.hooksPath=$H/mine/v2'" \
        "GIT_CONFIG_PARAMETERS='a.b'='c'\\ 'core.hooksPath'='$H/mine/v2'"; do
        echo true >"$H/mine/v2/pre-commit"
        case $variables in *PARAMETERS*) export "$(printf '%s' "$variables" | sed 's/\\ / /')" ;; *) eval "export $variables" ;; esac
        run inert "echo x >>$H/mine/v2/pre-commit"; no "variables may name hooks (${variables%%=*})"
        unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 GIT_CONFIG_PARAMETERS
    done
    git init -q --bare "$H/mine/named.git"
    export GIT_DIR="$H/mine/named.git" GIT_WORK_TREE="$P"
    run inert "echo x >>$H/mine/named.git/config"; no "a variable may name the git directory"
    run inert "rm -rf $H/mine/named.git/hooks; mkdir -p $H/mine/named.git/hooks && echo x >$H/mine/named.git/hooks/pre-commit"; no "whose hooks are protected as well"
    unset GIT_DIR GIT_WORK_TREE
    # --- programs that a configuration names -----------------------------------------------------------------------------

    named() { # VALUE OF A FILTER, FILE
        echo true >"$2"; git -C "$P" config filter.x.clean "$1"
        run inert "echo x >>$2"; no "a program that a filter names is protected ($1)"
        git -C "$P" config --unset filter.x.clean
    }
    named './tools/clean.sh %f' "$P/tools/clean.sh"
    named 'node "tools/clean.sh" --x' "$P/tools/clean.sh"
    HOME=$H named "sh \$HOME/mine/clean.sh" "$H/mine/clean.sh"
    git -C "$P" config alias.x '!f() { tools/x.sh "$@"; }; f'; echo true >"$P/tools/x.sh"; echo true >"$P/tools/editor"
    run inert "echo x >>tools/x.sh";    no "so is one in an alias"
    git -C "$P" config --unset alias.x
    GIT_EDITOR="$P/tools/editor --wait" run inert "echo x >>tools/editor"; no "and one that a variable names"
    run inert "echo x >>tools/x.sh; echo x >>tools/editor"; yes "what none names can be written"
    git -C "$P" config safe.directory "$P"; run inert "echo x >file"; yes "a directory is no program"
    git -C "$P" config --unset safe.directory
    git init -q "$P/old" && mkdir "$P/old/tools" && echo true >"$P/old/tools/clean" && git -C "$P/old" config filter.x.clean tools/clean
    sleep 0.05
    run inert "echo x >>old/tools/clean"; says "old/tools/clean. was made or changed" "what an old nested repository names is told"
    run inert "echo x >>old/file";      quiet "what lies beside it is not"
    git -C "$P" config filter.x.clean tools/later
    run inert "echo x >tools/later";    says "tools/later. was made or changed" "so is a program that was missing at the start"
    git -C "$P" config --unset filter.x.clean
    rm -rf "$P/old" "$P/tools"
    # --- above the working directory -----------------------------------------------------------------------------------

    W=$H/a/b; mkdir -p "$H/a/b" "$H/evil"; git init -q --bare "$H/evil/git" && git -C "$H/evil/git" config core.fsmonitor ./x
    sleep 0.05
    run inert "echo 'gitdir: $H/evil/git' >$H/a/.git"
    says "$H/a/.git. would make git run something, and was made inert" "a file .git that is made above is made inert"
    run inert "git init -q $H/a && git -C $H/a config core.fsmonitor ./x"
    says "$H/a/.git/config. would make git run something, and was made inert" "so is a repository that is made above"
    rm -rf "$H/a/.git"
    run inert "git init -q --bare $H/x && git -C $H/x config core.bare false && git -C $H/x config core.worktree $H/a && git -C $H/x config core.fsmonitor ./x && mv $H/x/* $H/a/"
    says "$H/a/config. would make git run something, and was made inert" "and a directory above that becomes one"
    rm -rf "$H/a" "$H/x" "$H/evil"; mkdir -p "$H/a/b"
    run inert "echo x >$H/a/file";      quiet "other files above are not told"
    rm -rf "$H/a"; W=$P
    rm -rf "$P/shared" "$P/nest" "$H/mine" "$H/template" "$H/dots" "$H/global" "$H/later"
    W=$P
    config() { # FLAGS [FILES]
        printf 'git-config "%s" %s --git-config "branch.*.merge\nremote.*.url\nuser.*" "alias.*\ncore.fsmonitor\nremote.*.url=*::*"' "${2:-@git}" "$1"
    }
    host 'git-data @cwd 1000 "git obeys it"
git-config @git 0 --git-config "remote.*.url\nremote.*.fetch\nbranch.*\ncore.bare\ncore.filemode\ncore.logallrefupdates\ncore.repositoryformatversion" "core.worktree\ncore.fsmonitor"' 'git-links @cwd ""' | plan harmless
    project; (git init -q "$H/part" && git -C "$H/part" $name commit -q --allow-empty -m x) >/dev/null 2>&1
    run harmless "git init -q sub && mkdir -p .git/modules/a/modules && git -c protocol.file.allow=always clone -q --separate-git-dir .git/modules/a/modules/b $H/part a/b && git config -f .git/modules/a/modules/b/config core.worktree ../../../../../a/b && echo 'gitdir: ../../.git/modules/a/modules/b' >a/b/.git"
    yes "repositories are made below a project"
    ! grep -q "git obeys it" err;        ok $? "what holds nothing but harmless lines is not told"
    for script in 'git init -q sub && git -C sub config core.fsmonitor ./x' 'git init -q sub && git -C sub config core.worktree ..' 'mkdir sub; echo "gitdir: ../../.git/modules/x" >sub/.git' \
        'mkdir sub; echo "gitdir: ../.git/modules/../../x" >sub/.git' 'git init -q sub && echo x >sub/.git/hooks/pre-commit' \
        'git init -q --bare .git/modules/s && git config -f .git/modules/s/config core.worktree ../../../../s' \
        'mkdir -p n/.git && git config -f n/.git/config core.fsmonitor ./x' 'mkdir -p n/objects n/refs && git config -f n/config core.fsmonitor ./x' \
        'mkdir -p .git/modules/m && git config -f .git/modules/m/config core.fsmonitor ./x'; do
        project
        run harmless "$script"
        says "git obeys it" "what leads elsewhere or names a program is told ($script)"
    done
    project
    run harmless "mkdir -p src/refs src/hooks && echo x >src/hooks/a.js && echo x >src/config && git $name commit -q --allow-empty -m y && git branch config && git branch hooks/a"
    yes "branches and directories have names as git's files have"
    ! grep -q "git obeys it" err;        ok $? "which are no git data"
    host "$(config 0 "@git
$H/.gitconfig")" "protect @cwd/.git/config \"\" 2
protect $H/.gitconfig \"\" 0" | plan locked
    project
    run locked "git config a.b c";      no "git cannot change a protected configuration"
    says "$P/.git/config. is protected, and git could not change it; to allow that: .--git-config" "how to allow it is told"
    project; git config -f "$H/.gitconfig" a.b c
    run locked "git config -f $H/.gitconfig a.b d"; no "nor the user's"
    says "$H/.gitconfig. is protected, and git could not change it" "which is told as well"
    host "$(config 0)" 'git-links @cwd ""' | plan linked
    project; W=$H/tree
    run linked "git config a.b c";      no "nor from a linked worktree"
    says "$P/.git/config. is protected, and git could not change it" "which names the file that it leads to"
    W=$P
    project
    run locked "git status; git config --get core.bare"; ! grep -q 'could not change' err; ok $? "reading it is no attempt"
    host 'git-data @cwd 1000 "git obeys it"' "git-links @cwd \"$P/.git/config\"" | plan lifted
    project; W=$H/tree
    run lifted "git config a.b c";      yes "what somebody listed can be written, also by way of a file .git"
    ! grep -q 'could not change' err;   ok $? "and nothing says that it could not"
    run lifted "touch $P/.git/hooks/x"; no "what is beside it cannot"
    host '' 'git-links @cwd "@config"' | plan shared
    project; W=$H/tree
    run shared "git config a.b c";      yes "a word lifts the configuration, wherever it lies"
    run shared "touch $P/.git/hooks/x"; no "and nothing beside it"

    # --- what was added ----------------------------------------------------------------------------------------------

    host "status-descriptor 3
$(config 1)" '' | plan changed
    added() { # SCRIPT: in a repository of its own
        project; W=$P
        run changed "$1"
    }
    harmless() { says "added to .$P/.git/config., and harmless: .*$1" "harmless: $1"; }
    warns() { says "warning: .*$1.* was added to .$P/.git/config., and $2" "warned of: $1"; }
    added 'git config branch.a.merge refs/heads/a; git config remote.r.url https://me:secret@host/x'
    harmless branch.a.merge=refs/heads/a
    says 'remote.r.url=https://\*\*\*@host/x' "an address is shown without its password"
    ! grep -q 'warning\|secret' err && ! grep -q secret status; ok $? "and nothing else is said"
    grep -q '"event":"git-config".*"entry":"branch.a.merge=refs/heads/a","meaning":"harmless"' status; ok $? "programs are told, too"
    added 'git config alias.st status';                warns alias.st=status "git runs what it names"
    added 'git config core.fsmonitor ./x';             warns core.fsmonitor=./x "git runs what it names"
    added 'git config remote.r.url ext::x';            warns remote.r.url=ext::x "git runs what it names"
    added 'git config foo.bar 1';                      warns foo.bar=1 "may make git run"
    added 'git config user.name "a # b"';              warns 'a # b' "may make git run"
    added 'printf "[alias] x = !y\n" >>.git/config';   warns 'x = !y' "may make git run"
    # What is made to look like something else.
    hides() { says "warning: .*evil" "it does not pass for harmless: $1"; }
    appended() { # LINE…
        project; W=$P
        printf '%s\n' "$@" >"$P/more"
        run changed 'cat more >>.git/config'
    }
    appended '# \' '[alias]' 'merge = !evil';                            hides "a comment that ends like a line that goes on"
    appended '[branch "a"]' 'merge = x # \' '[alias]' 'merge = !evil';   hides "the same behind a value"
    appended '[alias]' 'x = "\' '[branch \"a\"]\' '"' 'merge = !evil';   hides "a header in a value"
    appended '[branch "a"]' 'merge = x\' '[alias]' 'merge = !evil';      hides "a header behind a line that goes on"
    appended '[remote "q.url=z"]' 'uploadpack = evil';                   hides "a name with the sign of a value"
    appended '[remote "r"]' 'url = x\' '; evil';                         hides "a comment that is part of a value"
    appended '[branch "a"] merge = evil';                                hides "something behind a header"
    added 'printf "\357\273\277[alias]\nx = !evil\n" >.git/config';      hides "a mark of the order of bytes"
    added 'head -c 100000 /dev/zero | tr "\\0" "\\n" >>.git/config'
    says "was changed, and is too long" "a file of any length is not read"
    added 'mv .git/config c; ln -s ../c .git/config; git status'
    says "was changed, and is" "nor one that a symlink leads to"
    added 'git status'; ! grep -q hexe-policy err; ok $? "where nothing was changed nothing is said"
    W=$H
else
    skip "what git obeys: needs git"
fi

echo "# $count checks, $failed failed ($who)"
[ $failed = 0 ]
