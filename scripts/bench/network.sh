# The network through the gateway beside the direct way, and beside the proxy that another program puts in its place. Sourced
# by `bench`. Each measure is taken in rounds, the ways in turns; what is printed is the median of all, and that of the ratios.
# shellcheck shell=bash

# npm's sandbox-runtime, whose programs have to be told of its proxy; it needs socat and ripgrep.
fetch_runtime() {
  [[ ! -x $peers/srt/node_modules/.bin/srt ]] || return 0
  mkdir -p "$peers/srt" && (cd "$peers/srt" && npm install --silent --no-audit --no-fund --prefix . @anthropic-ai/sandbox-runtime) >/dev/null 2>&1
}

# Lines of NAME, tab, and the words that start a program there.
list_ways() { # PORT
  local runtime
  contestant direct env
  contestant gateway "$launcher" apply full --best-effort --allow "localhost:$1" --read "$work/traffic" --
  if have npm && fetch_runtime; then
    printf '{"network":{"allowedDomains":["localhost"],"deniedDomains":[]},"filesystem":{"denyRead":[],"allowWrite":[],"denyWrite":[]}}' >"$work/srt.json"
    runtime=("$peers/srt/node_modules/.bin/srt" --settings "$work/srt.json" -- env TRAFFIC_PROXY=yes)
    if works "${runtime[@]}" "$work/traffic" connect localhost "$1" 1; then
      contestant "srt $(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$peers/srt/node_modules/@anthropic-ai/sandbox-runtime/package.json")" "${runtime[@]}"
    else
      say "srt's proxy does not run here; it is left out"
    fi
  fi
}

# A line of a measure, a way and a number for each that could be taken.
measure_ways() { # PORT NAME MODE NUMBER
  local way words value start
  while IFS=$'\t' read -r way words; do
    IFS=$'\t' read -r -a start <<<"$words"
    value=$(cd "$HOME" && timeout 120 "${start[@]}" "$work/traffic" "$3" localhost "$1" "$4" 2>/dev/null </dev/null) || continue
    printf '%s\t%s\t%s\n' "$2" "$way" "$value"
  done <"$work/ways"
}

# For each measure and way: the median, and the median of what the direct way has over it in the same round.
summarize() {
  awk -F'\t' '
    function middle(list,   values, n, i, j, swap) {
      n = split(list, values, " ")
      for (i = 2; i <= n; i++)
        for (j = i; j > 1 && values[j - 1] + 0 > values[j] + 0; j--) { swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap }
      return values[int((n + 1) / 2)]
    }
    $2 == "direct" { direct[$1] = $3 }
    { key = $1 "\t" $2; if (!(key in all)) order[++count] = key; all[key] = all[key] " " $3
      if (direct[$1] > 0) { ratios[key] = ratios[key] " " $3 / direct[$1]; more[key] = more[key] " " ($3 - direct[$1]) } }
    END { for (i = 1; i <= count; i++) printf "%s\t%s\t%.3f\t%.3f\n", order[i], middle(all[order[i]]), middle(ratios[order[i]]), middle(more[order[i]]) }'
}

gateway_of_bench() {
  local entry
  for entry in /proc/[0-9]*/cmdline; do
    ! { tr '\0' '\n' <"$entry"; } 2>/dev/null | grep -Fxq "$XDG_RUNTIME_DIR/hexe-policy/gateway" || { entry=${entry%/cmdline} && echo "${entry#/proc/}" && return; }
  done
}

gateway_memory() { # COUNT
  local i pids=() pid
  for ((i = 0; i < $1; i++)); do
    (cd "$HOME" && exec "$launcher" apply full --best-effort --allow localhost:1 -- sleep 1000.75) &
    pids+=($!)
  done
  while (($(pgrep -fcx 'sleep 1000.75') < $1)); do sleep 0.2; done
  pid=$(gateway_of_bench)
  awk -v count="$1" '/^Pss:/ {printf "memory of the gateway for %d sandboxes (PSS), MB\t%.1f\n", count, $2 / 1024}' "/proc/$pid/smaps_rollup"
  kill "${pids[@]}" 2>/dev/null || true
  wait "${pids[@]}" 2>/dev/null || true
}

network() {
  local port=17$((RANDOM % 900 + 100)) server round
  say 'the network through the gateway'
  works "$launcher" apply full --allow localhost:1 -- /bin/true || { say 'no destinations can be listed here; the network is left out' && return; }
  gcc -O2 -static -o "$work/traffic" "$root/scripts/bench/traffic.c"
  "$work/traffic" serve "$port" &
  server=$!
  list_ways "$port" >"$work/ways"
  measure_ways "$port" warm connect 2000 >/dev/null # the gateway's code is compiled as it is used
  for ((round = 0; round < $(times 5 15); round++)); do
    measure_ways "$port" 'one connection, MB/s' rate 1000000000
    measure_ways "$port" 'a new connection and a byte back, µs' connect 500
    measure_ways "$port" 'a byte back on each of 1,000, 99th percentile, µs' many 1000
  done | summarize >"$work/results/network.tsv"
  kill "$server" && wait "$server" 2>/dev/null || true
  works "$launcher" apply full --best-effort -- /bin/true
  works "$launcher" apply full --best-effort --allow localhost:1 -- /bin/true
  {
    contestant 'hexe-policy full' "$launcher" apply full --best-effort -- /bin/true
    contestant 'hexe-policy full, destinations' "$launcher" apply full --best-effort --allow localhost:1 -- /bin/true
  } | race network-starts "$(times 20 200)"
  gateway_memory 100 >"$work/results/network-memory.tsv"
}
