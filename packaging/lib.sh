# Shared by the scripts that pack the program. To be sourced, with `root` set to the checkout.
# shellcheck shell=bash

# shellcheck source=scripts/lib-setup.sh
. "$root/scripts/lib-setup.sh"

# Whoever packs: in packages everybody may read everything.
umask 022

# In Debian's words.
native_arch() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}

# In the kernel's words, which rpm uses as well.
machine_of() { # ARCH
  case $1 in
    amd64) echo x86_64 ;;
    arm64) echo aarch64 ;;
    *) die "there is no package for \`$1\`" 'amd64 and arm64 there are' ;;
  esac
}

# The version of the POM; `~` sorts before the release itself.
project_version() {
  sed -n '0,/<version>/s|.*<version>\(.*\)</version>.*|\1|p' "$root/pom.xml" | sed 's/-SNAPSHOT/~snapshot/'
}

# Times in packages are the commit's, so that they do not differ from build to build.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 1767225600)}
export SOURCE_DATE_EPOCH

age() { # DIRECTORY: everything in it gets that time
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}
