# The peers' newest versions, each in a folder of its own below $peers; nothing is installed. Sourced by `bench`.
# Debian's unstable release, which has nothing older than backports, is fetched with apt's own tools into a root of its own, and
# run with its own loader; npm has the static bubblewrap that Codex ships. What cannot be had is left out, and said.
# shellcheck shell=bash

# apt, as if only this release existed and nothing were installed.
apt_of_unstable() { # COMMAND…
  local root=$peers/unstable site
  mkdir -p "$root"/state/lists/partial "$root"/cache/archives/partial
  site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -v -- -security | head -1 || :)
  [[ -n $site ]] || return 1
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s sid main\n' "$site" >"$root/sources.list"
  : >"$root/status"
  apt-get -q -o "Dir::State=$root/state" -o "Dir::Cache=$root/cache" -o "Dir::Etc::sourcelist=$root/sources.list" \
    -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null -o "Dir::State::status=$root/status" \
    -o APT::Sandbox::User= -o APT::Get::List-Cleanup=no "$@" >/dev/null 2>&1
}

unstable_has() { [[ -x $peers/unstable/root/usr/bin/$1 ]]; }

fetch_unstable() {
  local package
  ! unstable_has bwrap || [[ ! -e $peers/unstable/complete ]] || return 0
  rm -rf "$peers/unstable"
  apt_of_unstable update && apt_of_unstable install -y --no-install-recommends --download-only bubblewrap || return 1
  for package in minijail landrun; do
    apt_of_unstable install -y --no-install-recommends --download-only "$package" || say "Debian's $package could not be fetched; it is left out"
  done
  for package in "$peers"/unstable/cache/archives/*.deb; do dpkg-deb -x "$package" "$peers/unstable/root" || return 1; done
  touch "$peers/unstable/complete"
  unstable_has bwrap
}

# The words that start a program of it, with tabs between them.
start_of_unstable() { # NAME
  local root=$peers/unstable/root loader
  loader=$(find "$root"/usr/lib64 "$root"/lib64 "$root"/usr/lib "$root"/lib -maxdepth 1 -name 'ld-linux*' 2>/dev/null | head -1 || :)
  printf '%s\t--library-path\t%s\t%s' "$loader" "$root/usr/lib/$(uname -m)-linux-gnu" "$root/usr/bin/$1"
}

# As the package says, without epoch, commit and revision.
version_in_unstable() { # NAME
  local package
  package=$(basename "$peers/unstable/cache/archives/$1"_*.deb)
  package=${package#*_} && package=${package%%_*} && package=${package%-*} && echo "${package%%+*}"
}

# Namespaces alone, in the host's own root: it has no words for more, but for a root that is prepared beforehand.
list_weaker_peers() {
  ! unstable_has minijail0 ||
    printf 'minijail %s (weaker)\t%s\t-T\tstatic\t-m\t-M\t-l\t--uts=hexe\t-n\t-t\t--\n' "$(version_in_unstable minijail)" "$(start_of_unstable minijail0)"
}

# What `isolated` grants of files, by Landlock.
list_landlock_peers() {
  ! unstable_has landrun ||
    printf 'landrun %s, as isolated\t%s\t--best-effort\t--rox\t/usr,/bin,/lib,/lib64\t--ro\t/etc\t--rw\t%s\n' "$(version_in_unstable landrun)" "$(start_of_unstable landrun)" "$HOME,/dev/null"
}

# 170 MB are fetched for one program of it.
fetch_codex() {
  local version
  [[ ! -x $peers/codex/bwrap ]] || return 0
  case $(uname -m) in x86_64) kind=linux-x64 ;; aarch64) kind=linux-arm64 ;; *) return 1 ;; esac
  rm -rf "$peers/codex"
  mkdir -p "$peers/codex"
  (
    cd "$peers/codex" && version=$(npm view @openai/codex version 2>/dev/null) &&
      npm pack --silent "@openai/codex@$version-$kind" >/dev/null 2>&1 &&
      tar -xzf ./*.tgz --wildcards --strip-components=4 '*/codex-resources/bwrap' && rm -f ./*.tgz &&
      echo "$version" >version && [[ -x bwrap ]]
  )
}

# Lines of NAME, tab, and the words that start it.
list_peers() {
  local start
  ! have bwrap || printf 'bubblewrap %s\t%s\n' "$(bwrap --version | awk '{print $2}')" bwrap
  if fetch_unstable; then
    IFS=$'\t' read -r -a start <<<"$(start_of_unstable bwrap)"
    ! works "${start[@]}" --version ||
      printf 'bubblewrap %s (unstable)\t%s\n' "$("${start[@]}" --version | awk '{print $2}')" "$(start_of_unstable bwrap)"
  else
    say 'the newest bubblewrap of Debian could not be fetched; it is left out'
  fi
  if have npm && fetch_codex; then
    printf 'bubblewrap of Codex %s\t%s\n' "$(cat "$peers/codex/version")" "$peers/codex/bwrap"
  else
    say "Codex's bubblewrap could not be fetched; it is left out"
  fi
}
