# Set-up shared by ./hexe-policy and ./verify. To be sourced, with `root` set to the checkout.
# All it says goes to stderr: stdout belongs to the command that is run.
# shellcheck shell=bash

# shellcheck source=scripts/lib-requirements.sh
. "$root/scripts/lib-requirements.sh"

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

# Sets JAVA_HOME to a JDK that is new enough: the one that is set, the one on PATH, or any that is installed.
find_jdk() {
  local home candidates=() major
  [[ ${JAVA_HOME:-} != /* ]] || candidates+=("$JAVA_HOME") # a relative one is another in each directory
  home=$(command -v javac) && home=$(readlink -f "$home") && candidates+=("${home%/bin/javac}")
  candidates+=(/usr/lib/jvm/* /usr/lib64/jvm/*)
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
  ((status == 0)) || explain_failure "$message" "$status"
}

# Where it is for want of a network, that is all there is to say. Of a JVM's stack there is nothing to see for anybody.
explain_failure() { # MESSAGE STATUS
  local server
  server=$(sed -nE "s/.*(Could not resolve '|Temporary failure resolving '|UnknownHostException:? |Unknown host |Connect to |Could not connect to )([A-Za-z0-9.-]+).*/\2/p" "$log" | tail -n 1)
  if [[ -n $server ]] || grep -qE 'Network is unreachable|No route to host|Connection (refused|timed out)|[Cc]onnect timed out' "$log"; then
    die "$1: no network: ${server:-the server} cannot be reached" "connect this machine; the whole log is in $log"
  fi
  grep -vE '^[[:space:]]+at [a-z]' "$log" | tail -n 25 >&2
  die "$1: failed with status $2" "the whole log is in $log"
}
spinner='|/-\'

# install_missing REQUIREMENTS [PACKAGE…]: installs the packages of the requirements that do not hold. Where there are any, the packages
# that are named come along as far as they are to be had.
install_missing() {
  local family packages things explanation wanted=("${@:2}")
  family=$(package_family)
  missing_packages "$1" "$family"
  if ((${#things[@]} > 0)); then
    [[ $family == debian ]] && command -v apt-get >/dev/null || name_packages
    install_packages
  fi
  find_jdk || die 'no JDK of version 17 or later' 'install one (Debian 12 and later: default-jdk-headless), or set JAVA_HOME'
  find_maven || die "Maven $oldest_maven or later is needed; here it is ${maven_version:-missing}" 'put the one of maven.apache.org on PATH'
  require_repository
}

# Ends with what is missing, in this system's words.
name_packages() {
  ((${#packages[@]} > 0)) || die "missing here: $(join ', ' "${things[@]}")" "install them with this system's package manager, then run this again"
  die "missing packages: ${packages[*]}" "as root, run: $(installer_of "$family") ${packages[*]}"
}

join() {
  local text=$2 separator=$1
  shift 2
  printf '%s' "$text" "${@/#/$separator}"
}

install_packages() {
  local answer as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || name_packages
    as_root=(sudo)
  fi
  say "${bold}these Debian packages are missing and will be installed with ${as_root[*]:+sudo }apt-get:$plain$explanation"
  if [[ -t 0 && -t 2 ]]; then
    read -r -p 'hexe-policy: go on? [Y/n] ' answer >&2 || answer=n
    [[ ${answer:-y} == [yY]* ]] || die 'nothing was installed' "as root, run: apt-get install ${packages[*]}"
  fi
  ((EUID == 0)) || may_use_sudo ||
    die 'sudo was refused' "as root, run: apt-get install ${packages[*]}"
  # a larger program without it, so it comes along where it is to be had
  command -v musl-gcc >/dev/null || wanted+=(musl-tools)
  step 'fetching the package lists' "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update
  packages=("${packages[@]/#default-jdk-headless/$(debian_jdk)}")
  step "installing ${packages[*]}" install_with_apt
}

# Without a terminal nobody can type a password, and opening it is an error of the shell's own.
may_use_sudo() { { sudo -v </dev/tty || sudo -n true; } 2>/dev/null; }

install_with_apt() {
  local package
  for package in "${wanted[@]}"; do
    ! apt_cache_has "$package" || packages+=("$package")
  done
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "${packages[@]}"
}

apt_cache_has() { [[ -n $(apt-cache madison "$1" 2>/dev/null) ]]; }

maven() { (cd "$root" && umask 022 && home_of_maven && exec mvn --batch-mode "$@"); }

# A JVM asks the list of users for the home: to one who is not in it, as in many containers, it would be `?`, a directory here.
home_of_maven() {
  id -un >/dev/null 2>&1 || [[ ${HOME:-} != /* ]] || export MAVEN_OPTS="-Duser.home=$HOME ${MAVEN_OPTS:-}"
}

# Where Maven keeps what it fetches, unless somebody has said otherwise. Its own words for a place that cannot be made are a
# list of all that it did not fetch.
require_repository() {
  local home repository
  [[ "${MAVEN_OPTS:-} ${MAVEN_ARGS:-}" != *maven.repo.local* ]] || return 0
  home=$(getent passwd "$(id -u)" | cut -d: -f6)
  repository=${home:-${HOME:-}}/.m2/repository
  ! cat "${repository%/*}/settings.xml" /etc/maven/settings.xml 2>/dev/null | tr '\n' ' ' | sed -E 's/<!--([^-]|-[^-])*-->//g' |
    grep -q '<localRepository>' || return 0
  mkdir -p -- "$repository" 2>/dev/null ||
    die "$repository cannot be made, where Maven keeps what it fetches" "as with MAVEN_OPTS=-Dmaven.repo.local=DIRECTORY, name a directory that you may write"
}

build() {
  step 'building (the first time takes a few minutes)' maven --quiet -Dquick --projects cli --also-make package
  rm -f "$log"
}

# Tests that need an ordinary user beside root run as this one.
add_test_user() {
  ((EUID == 0)) || return 0
  ! id hexe-test >/dev/null 2>&1 || return 0
  step 'adding the ordinary user hexe-test' useradd --create-home --user-group --shell /bin/sh hexe-test
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
