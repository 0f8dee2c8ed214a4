# Set-up shared by ./hexe-policy and ./verify. To be sourced, with `root` set to the checkout.
# All it says goes to stderr: stdout belongs to the command that is run.
# shellcheck shell=bash

dist=$root/cli/target/dist

if [[ -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' red='' plain=''
fi

say() { printf 'hexe-policy: %s\n' "$*" >&2; }
die() {
  printf '%shexe-policy: %s%s\n' "$red" "$1" "$plain" >&2
  shift
  (($# == 0)) || printf '  help: %s\n' "$@" >&2
  exit 125
}

# Each line: Debian package | why | a command that succeeds where it is not needed.
requirements_to_build() {
  cat <<'END'
ca-certificates|to fetch Java libraries over https|[[ -e /etc/ssl/certs/ca-certificates.crt || ! -e /etc/debian_version ]]
openjdk-17-jdk-headless|to compile and run the policy compiler|find_jdk
maven|to build the Java modules|command -v mvn
gcc|to compile the launcher|command -v gcc
make|to build the launcher|command -v make
musl-tools|to link the launcher statically|command -v musl-gcc
libc6-dev|C headers for the launcher's tests|[[ -e /usr/include/stdio.h ]]
linux-libc-dev|the kernel's own constants|[[ -e /usr/include/linux/landlock.h ]]
libseccomp2|to compile system-call filters|compgen -G '/usr/lib*/libseccomp.so.2' || compgen -G '/usr/lib/*/libseccomp.so.2'
END
}

requirements_to_test() {
  requirements_to_build
  cat <<'END'
strace|to see which system calls a run makes|command -v strace
bubblewrap|to compare with, and to run inside of|command -v bwrap
util-linux|to make poorer hosts, with unshare and setpriv|command -v unshare && command -v setpriv
procps|to look at process trees|command -v ps
tmux|to try terminals|command -v tmux
less|the same|command -v less
vim-tiny|the same|command -v vi
uidmap|to map subordinate ids|command -v newuidmap
python3|to drive the host matrix|command -v python3
END
}

# Sets JAVA_HOME to a JDK that is new enough: the one that is set, the one on PATH, or any that is installed.
find_jdk() {
  local home candidates=() major
  [[ -z ${JAVA_HOME:-} ]] || candidates+=("$JAVA_HOME")
  home=$(command -v javac) && home=$(readlink -f "$home") && candidates+=("${home%/bin/javac}")
  candidates+=(/usr/lib/jvm/*)
  for home in "${candidates[@]}"; do
    [[ -x $home/bin/javac && -r $home/release ]] || continue
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    if ((${major:-0} >= 17)); then
      export JAVA_HOME=$home
      return 0
    fi
  done
  return 1
}

# step MESSAGE COMMAND…: runs it, its output into the log; where it fails, shows the log's end and stops.
step() {
  local message=$1 pid status=0 turn=0 started=$SECONDS
  shift
  log=${log:-$(mktemp "${TMPDIR:-/tmp}/hexe-policy-setup.XXXXXX")} || exit 125
  printf '== %s\n' "$message" >>"$log"
  say "$message"
  "$@" </dev/null >>"$log" 2>&1 &
  pid=$!
  # A background job ignores the terminal's interrupt.
  trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM
  if [[ -t 2 ]]; then
    while kill -0 "$pid" 2>/dev/null; do
      printf '\r  %s %ds ' "${spinner:turn++%4:1}" "$((SECONDS - started))" >&2
      sleep 0.2
    done
    printf '\r\e[K' >&2
  fi
  wait "$pid" || status=$?
  trap - INT TERM
  if ((status != 0)); then
    tail -n 25 "$log" >&2
    die "$message: failed with status $status" "the whole log is in $log"
  fi
}
spinner='|/-\'

# install_missing REQUIREMENTS: installs the Debian packages of the requirements that do not hold.
install_missing() {
  local package why check as_root=() missing=() answer
  local explanation=''
  while IFS='|' read -r package why check; do
    eval "$check" >/dev/null 2>&1 && continue
    missing+=("$package")
    explanation+=$(printf '\n    %-25s %s' "$package" "$why")
  done < <("$1")
  if ((${#missing[@]} > 0)); then
    command -v apt-get >/dev/null ||
      die "missing here: ${missing[*]} (names of Debian packages)" "install what they contain with this system's package manager, then run this again"
    if ((EUID != 0)); then
      command -v sudo >/dev/null ||
        die "missing packages: ${missing[*]}" "as root, run: apt-get install ${missing[*]}"
      as_root=(sudo)
    fi
    say "${bold}these Debian packages are missing and will be installed with ${as_root[*]:+sudo }apt-get:$plain$explanation"
    if [[ -t 0 && -t 2 ]]; then
      read -r -p 'hexe-policy: go on? [Y/n] ' answer >&2 || answer=n
      [[ ${answer:-y} == [yY]* ]] || die 'nothing was installed'
    fi
    if ((EUID != 0)); then
      sudo -v </dev/tty 2>/dev/null || sudo -n true 2>/dev/null ||
        die 'sudo was refused' "as root, run: apt-get install ${missing[*]}"
    fi
    step 'fetching the package lists' "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update
    step "installing ${missing[*]}" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "${missing[@]}"
  fi
  find_jdk || die 'no JDK of version 17 or later' 'install openjdk-17-jdk-headless, or set JAVA_HOME'
}

maven() { (cd "$root" && umask 022 && exec mvn --batch-mode "$@"); }

build() {
  step 'building (the first time takes a few minutes)' maven --quiet -Dquick --projects cli --also-make package
  rm -f "$log"
}

# Installs and builds what ./hexe-policy needs. One process at a time: the lock is the checkout's directory itself.
set_up() (
  if [[ ! -w $root ]]; then
    [[ -x $dist/bin/hexe-policy ]] ||
      die "$root is not built yet, and you may not write there" 'let its owner run it once, or make a copy of your own'
    say "the sources in $root are newer than the build and you may not write there; running the last build"
    exit 0
  fi
  flock --nonblock 9 || {
    say 'another first use is building; waiting for it'
    flock 9
  }
  is_stale || exit 0
  install_missing requirements_to_build
  build
) 9<"$root"
