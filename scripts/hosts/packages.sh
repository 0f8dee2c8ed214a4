# Packages of other releases and architectures, which are unpacked and never installed. To be sourced, with `work` set to a
# directory, which becomes the working directory, and ARCHITECTURE to Debian's name of one.
#
# The mirrors are those of this machine's apt; HEXE_DEBIAN_MIRROR and HEXE_DEBIAN_SECURITY_MIRROR name others.
# shellcheck shell=bash

mkdir -p "$work"/{apt/etc/preferences.d,apt/etc/apt.conf.d,apt/lists/partial,apt/cache/archives/partial,apt/state,debs,kernels}
cd "$work"

die() {
  printf 'hexe-policy: %s\n  help: %s\n' "$1" "$2" >&2
  exit 1
}

# mirror PATH: the address in this machine's apt sources that ends with it.
mirror() {
  { cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true; } |
    sed -nE "s|^(#.*)?||; s|.*(https?://[^ ]+/$1/?)( .*)?\$|\1|p" | head -n 1 | grep .
}

main=${HEXE_DEBIAN_MIRROR:-$(mirror debian)} ||
  die "this machine's apt sources name no Debian mirror" 'set HEXE_DEBIAN_MIRROR to the address of one'
security=${HEXE_DEBIAN_SECURITY_MIRROR:-$(mirror debian-security)} ||
  die "this machine's apt sources name no mirror of Debian's security updates" 'set HEXE_DEBIAN_SECURITY_MIRROR to the address of one'

# An apt of our own, which knows nothing of this machine's packages.
private() {
  local program=$1
  shift
  "$program" -o "Dir::Etc=$work/apt/etc" -o "Dir::Etc::sourcelist=$work/apt/etc/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::trustedparts=/etc/apt/trusted.gpg.d -o "Dir::State=$work/apt/state" -o "Dir::State::lists=$work/apt/lists" \
    -o "Dir::State::status=$work/apt/state/status" -o "Dir::Cache=$work/apt/cache" -o "APT::Architecture=$ARCHITECTURE" \
    -o "APT::Architectures=$ARCHITECTURE" -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false "$@"
}

know_releases() {
  local key='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]' suite
  for suite in bookworm bookworm-backports trixie trixie-backports; do
    echo "deb $key $main $suite main"
  done >apt/etc/sources.list
  for suite in bullseye-security bookworm-security trixie-security; do
    echo "deb $key $security $suite main"
  done >>apt/etc/sources.list
  : >apt/state/status
  private apt-get update -qq
}

# download PACKAGE…: into debs/; the names of the files on stdout.
download() (
  cd debs
  for package; do
    private apt-get download -q "$package" >/dev/null
    find . -name "${package%%/*}_*.deb" -printf '%f\n'
  done
)
