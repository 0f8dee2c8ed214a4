# What building and testing take, and what the packages with it are called. To be sourced.
# shellcheck shell=bash

# Each line: what | why | a command that succeeds where it is there | its packages on Debian | Fedora | Arch | Alpine | openSUSE.
requirements_to_build() {
  cat <<'TABLE'
certificates|to fetch Java libraries over https|has_certificates|ca-certificates|ca-certificates|ca-certificates|ca-certificates|ca-certificates-mozilla
a JDK|to compile and run the policy compiler|find_jdk|default-jdk-headless|java-25-openjdk-devel|jdk-openjdk|openjdk21-jdk|java-21-openjdk-devel
Maven|to build the Java modules|find_maven|maven|maven|maven|maven|maven
a C compiler|to compile the launcher|command -v gcc|gcc|gcc|gcc|gcc|gcc
make|to build the launcher|command -v make|make|make|make|make|make
the C library|to compile and link the launcher|links_statically|libc6-dev|glibc-devel glibc-static|glibc|musl-dev|glibc-devel glibc-devel-static
kernel headers|the kernel's own constants|[[ -e /usr/include/linux/landlock.h ]]|linux-libc-dev|kernel-headers|linux-api-headers|linux-headers|linux-glibc-devel
libseccomp|to compile system-call filters|has_libseccomp|libseccomp2|libseccomp|libseccomp|libseccomp|libseccomp2
TABLE
}

requirements_to_test() {
  requirements_to_build
  cat <<'TABLE'
strace|to see which system calls a run makes|command -v strace|strace|strace|strace|strace|strace
setfattr|to plant attributes|command -v setfattr|attr|attr|attr|attr|attr
bubblewrap|to compare with, and to run inside of|command -v bwrap|bubblewrap|bubblewrap|bubblewrap|bubblewrap|bubblewrap
unshare, setpriv|to make poorer hosts|command -v unshare && command -v setpriv|util-linux|util-linux|util-linux|util-linux util-linux-misc setpriv|util-linux
ps|to look at process trees|command -v ps|procps|procps-ng|procps-ng|procps|procps
tmux|to try terminals|command -v tmux|tmux|tmux|tmux|tmux|tmux
less|the same|command -v less|less|less|less|less|less
vi|the same|command -v vi|vim-tiny|vim-minimal|vi|vim|vim-small
newuidmap|to map subordinate ids|command -v newuidmap|uidmap|shadow-utils|shadow|shadow-subids|shadow
git|to try projects|command -v git|git|git|git|git|git
python3|to drive the host matrix|command -v python3|python3|python3|python|python3|python3
sanitizers|to test the plan's reader|has_sanitizers|gcc|libasan libubsan|gcc|gcc|gcc
TABLE
}

has_certificates() { [[ -e /etc/ssl/certs/ca-certificates.crt || ! -e /etc/debian_version ]]; }

has_libseccomp() {
  compgen -G '/usr/lib*/libseccomp.so.2' || compgen -G '/usr/lib*/*/libseccomp.so.2' || ldconfig -p | grep -F libseccomp.so.2
}

compiles() { echo 'int main(void) { return 0; }' | "$@" -x c -o /dev/null -; }

# Debian's compiler comes without the C library's headers, and Fedora's C library without what a static program takes.
links_statically() {
  local compiler
  compiler=$(command -v musl-gcc || command -v gcc) || return 1
  [[ -e /usr/include/stdio.h ]] && compiles "$compiler" -static
}

# Alpine has none for its C library.
has_sanitizers() { ! command -v gcc || [[ $(package_family) == alpine ]] || compiles gcc -fsanitize=address,undefined; }

oldest_maven=3.8.7

# Sets `maven_version`; empty where there is none.
find_maven() {
  maven_version=$(mvn --version 2>/dev/null | sed -nE 's/.*Apache Maven ([0-9.]+).*/\1/p')
  [[ -n $maven_version && $(printf '%s\n' "$oldest_maven" "$maven_version" | sort -V | head -n 1) == "$oldest_maven" ]]
}

# Names the column that this system's packages have; nothing where it is of no family we know.
package_family() {
  local ID='' ID_LIKE='' word
  # shellcheck disable=SC1091  # describes this system
  . "${OS_RELEASE:-/etc/os-release}" 2>/dev/null || . /usr/lib/os-release 2>/dev/null
  for word in $ID $ID_LIKE; do
    case $word in
      debian | ubuntu) echo debian ;;
      fedora | rhel | centos) echo fedora ;;
      arch) echo arch ;;
      alpine) echo alpine ;;
      opensuse* | suse | sles) echo opensuse ;;
      *) continue ;;
    esac
    return
  done
}

installer_of() { # FAMILY
  case $1 in
    debian) echo apt-get install ;;
    fedora) echo dnf install ;;
    arch) echo pacman -S --needed ;;
    alpine) echo apk add ;;
    opensuse) echo zypper install ;;
  esac
}

# Debian 11's default is older than what we need; there and on Ubuntu 20.04 the one we need is there beside it.
debian_jdk() {
  local default
  default=$(apt-cache depends default-jdk-headless 2>/dev/null | sed -n 's/.*openjdk-\([0-9]*\)-jdk-headless.*/\1/p' | head -n 1)
  if ((${default:-17} >= 17)); then
    echo default-jdk-headless
  else
    echo openjdk-17-jdk-headless
  fi
}

# missing_packages REQUIREMENTS FAMILY: sets `packages`, `things` and `explanation` to what does not hold.
missing_packages() {
  local thing why check debian fedora arch alpine opensuse family=$2 names
  packages=() things=() explanation=''
  while IFS='|' read -r thing why check debian fedora arch alpine opensuse; do
    eval "$check" >/dev/null 2>&1 && continue
    names=${family:+${!family}}
    [[ $names != default-jdk-headless ]] || names=$(debian_jdk)
    things+=("$thing")
    # shellcheck disable=SC2206  # several names
    packages+=($names)
    explanation+=$(printf '\n    %-25s %s' "${names:-$thing}" "$why")
  done < <("$1")
}
