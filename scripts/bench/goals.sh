# What is measured for the table of goals: starts beside the peers, quiet and with a busy loop on every processor. Sourced by
# `bench`. The peers' policy is what all of them have words for: the mounts and namespaces of `sandbox`. `bare` is a profile that
# says the same (Landlock comes with it); `sandbox` has a filter of system calls and some 1,100 protected and hidden paths besides.
# shellcheck shell=bash

write_bare_profile() {
  local profiles=$HOME/.config/hexe-policy/profiles
  mkdir -p "$profiles"
  cat >"$profiles/bare.yaml" <<'END'
summary: what others have words for, and nothing more
extends: none
identity: self
files:
  unlisted: absent
  read: [/usr, /etc]
  read-if-present: [/bin, /sbin, /lib, /lib32, /libx32, /lib64, /opt]
  write: ["~"]
  tmp: {private: 128M}
  devices: minimal
processes: {others: invisible, reach-others: denied}
ipc: private
hostname: hexe
mounts: private
privileges: {gain: never, capabilities: none}
END
}

# Ours, and the peers with the same policy; what does not run here is left out.
list_rivals() {
  local profile name words start
  for profile in bare sandbox; do
    ! works "$launcher" apply "$profile" --best-effort -- /bin/true ||
      contestant "hexe-policy $profile" "$launcher" apply "$profile" --best-effort -- /bin/true
  done
  mkdir -p "$HOME/project" # the home is none
  ! works_in "$HOME/project" "$launcher" apply project --best-effort -- /bin/true ||
    contestant 'hexe-policy project' "in=$HOME/project" "$launcher" apply project --best-effort -- /bin/true
  contestant floor "$work/floor" /bin/true
  while IFS=$'\t' read -r name words; do
    IFS=$'\t' read -r -a start <<<"$words"
    ! works "${start[@]}" "${plain[@]}" /bin/true || contestant "$name" "${start[@]}" "${plain[@]}" /bin/true
  done <"$work/peers"
  while IFS=$'\t' read -r name words; do
    IFS=$'\t' read -r -a start <<<"$words"
    ! works "${start[@]}" /bin/true || contestant "$name" "${start[@]}" /bin/true
  done < <(list_weaker_peers)
}

# The same, so many at once: a line of race's list becomes one for a shell that starts them and waits.
at_once() { # COUNT
  local name words
  while IFS=$'\t' read -r name words; do
    [[ $name == *bare || $name == floor || $name == *project || $name == *weaker* ]] ||
      contestant "$name" sh -c "for i in \$(seq $1); do \"\$@\" & done; wait" sh "$words"
  done
}

with_busy_processors() { # COMMAND…
  local loops=() i
  for ((i = 0; i < $(nproc); i++)); do
    "$work/busy" &
    loops+=($!)
  done
  "$@"
  kill "${loops[@]}"
  wait "${loops[@]}" 2>/dev/null || true
}

# What the figures were taken under; a load of others makes them worthless.
note_conditions() {
  local load
  read -r load _ </proc/loadavg
  printf '%s\t%s\t%s\t%s\n' "$(nproc)" "$(uname -r | sed 's/-.*//')" "$(times 20 300)" "$load" >"$work/results/conditions.tsv"
  awk -v load="$load" -v count="$(nproc)" 'BEGIN { exit !(load > count / 4) }' || return 0
  say "the machine is not quiet: its load is $load; what is printed compares less well than it could"
}

goals() {
  say 'starts beside the newest peers: quiet, loaded, 50 at once'
  mkdir -p "$peers"
  write_bare_profile
  list_peers >"$work/peers"
  sleep 3 # what has just been written is looked at more closely
  list_rivals >"$work/rivals"
  list_rivals >/dev/null # plans are kept now
  note_conditions
  race quiet "$(times 20 300)" <"$work/rivals"
  race_loaded() { race loaded "$(times 20 300)" <"$work/rivals"; }
  with_busy_processors race_loaded
  at_once 50 <"$work/rivals" | race at-once "$(times 3 30)"
}

commands() {
  say 'commands without a sandbox'
  for words in --version ps 'cache list' 'profiles list' 'explain sandbox' doctor; do
    # shellcheck disable=SC2086 # words
    contestant "hexe-policy $words" "$launcher" $words
  done | race commands "$(times 3 15)"
}
