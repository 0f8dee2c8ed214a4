# What is tried of an installed program, however it was installed. To be sourced, after tap.sh.
# shellcheck shell=bash

as_ordinary() {
  # shellcheck disable=SC2016  # for the inner shell
  setpriv --reuid=ordinary --regid=ordinary --init-groups env HOME=/home/ordinary USER=ordinary \
    PATH=/usr/local/bin:/usr/bin:/bin sh -c 'cd && exec "$@"' sh "$@"
}

# Each line of what is there: logs, caches and lists of packages are the system's.
files() {
  local path prune=()
  for path in /proc /sys /dev /host /tmp /run /var/log /var/cache/apt /var/cache/ldconfig /var/cache/man /var/lib/apt /var/lib/dpkg /home /root /srv; do
    prune+=(-o -path "$path")
  done
  find / -xdev \( "${prune[@]:1}" \) -prune -o -printf '%y %p\n' | sort
}

# nothing_left NAME: the files are those that `files` wrote to /host/before. An empty directory that the system has, too, may go
# with a program that keeps no account with dpkg.
nothing_left() {
  files >/host/after
  check "$1: nothing is left of it" '^nothing$' sh -c '! diff /host/before /host/after | grep "^[<>]" | grep -v "^< d " && echo nothing'
}

# in_use NAME PROGRAM
in_use() {
  if [[ -e /host/emulated ]]; then emulated "$@"; else sandboxed "$@"; fi
}

# QEMU's emulation of one program lacks calls that a sandbox is made of: what needs none runs, the rest says what is missing.
emulated() { # NAME PROGRAM
  check "$1: the version" '^hexe-policy [0-9]' as_ordinary "$2" --version
  check "$1: its Java says what the host has" . as_ordinary "$2" doctor
  check "$1: explain" sandbox as_ordinary "$2" explain --best-effort sandbox
  check "$1: profiles" sandbox as_ordinary "$2" profiles
  check "$1: without a sandbox" '^ran$' as_ordinary "$2" apply none -- echo ran
  skip "$1: sandboxes" "under QEMU's emulation of one program: a guest tries them, scripts/hosts-matrix --only 6.12-arm64"
}

sandboxed() { # NAME PROGRAM
  check "$1: the version" '^hexe-policy [0-9]' as_ordinary "$2" --version
  check "$1: an ordinary user" '^isolated$' as_ordinary "$2" apply sandbox -- sh -c 'touch /usr/x 2>/dev/null || echo isolated'
  check "$1: root" '^isolated$' "$2" apply sandbox -- sh -c 'touch /usr/x 2>/dev/null || echo isolated'
  check "$1: without files" '^isolated$' as_ordinary "$2" apply isolated --write . -- sh -c 'touch /usr/x 2>/dev/null || echo isolated'
  check "$1: verify" . as_ordinary "$2" verify sandbox
  check "$1: explain" sandbox as_ordinary "$2" explain sandbox
  check "$1: doctor" . as_ordinary "$2" doctor
  check "$1: the gateway" '^isolated$' as_ordinary "$2" apply sandbox --allow localhost:9 -- sh -c 'touch /usr/x 2>/dev/null || echo isolated'
  check "$1: a draft that lint is content with" . as_ordinary sh -c 'rm -f ~/.config/hexe-policy/profiles/shop.yaml; "$0" init shop </dev/null >/dev/null 2>&1; "$0" lint shop && "$0" fmt --check shop' "$2"
  check "$1: what it imports runs" '^isolated$' as_ordinary sh -c 'mkdir -p imported && cd imported && printf "%s\n" "bwrap --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 --proc /proc --dev /dev --unshare-all true" >run.sh &&
    rm -f run.yaml; "$0" import --from bwrap run.sh -o run.yaml >/dev/null 2>&1 && "$0" apply run.yaml --chdir / -- sh -c "[ -e /etc/passwd ] || echo isolated"' "$2"
  check "$1: learning" 'extends' as_ordinary sh -c 'mkdir -p work && cd work && rm -f learned.yaml; "$0" learn -o learned.yaml -- cat /etc/debian_version >/dev/null 2>&1; cat learned.yaml' "$2"
}

# in_place NAME ARCHIVES: what an installation below /usr has besides, with ARCHIVES the directory of archives of classes.
in_place() {
  check "$1: the manual" 'hexe-policy' man -P cat hexe-policy
  check "$1: the manual of a command" 'apply' man -P cat hexe-policy-apply
  # shellcheck disable=SC2016  # for the inner shells
  check "$1: completion in bash" 'sandbox' bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader hexe-policy || __load_completion hexe-policy
    COMP_WORDS=(hexe-policy apply san) COMP_CWORD=2 COMP_LINE="hexe-policy apply san" COMP_POINT=21
    "$(complete -p hexe-policy | sed "s/.*-F \([^ ]*\).*/\1/")" hexe-policy san apply; printf "%s\n" "${COMPREPLY[@]}"'
  check "$1: completion in fish" 'sandbox' fish -c 'complete -C "hexe-policy apply san"'
  # Debian's zsh looks in another directory than that of other distributions.
  check "$1: completion in zsh" '_hexe-policy' zsh -c 'fpath+=(/usr/share/zsh/site-functions); autoload -U compinit && compinit -u -d /tmp/zcompdump && print $_comps[hexe-policy]'
  check "$1: archives of classes" 'jsa$' find "$2" -type f -name '*.jsa'
  check "$1: links in the documents lead somewhere" '^$' /host/checkout/packaging/check-links /usr/share/doc/hexe-policy
}

# Whether each archive is newer than FILE.
archives_newer() { # DIRECTORY FILE
  [[ -n $(find "$1" -type f -name '*.jsa') && -z $(find "$1" -type f -name '*.jsa' ! -newer "$2") ]] && echo renewed
}
