# Lines of TAP. To be sourced.
# shellcheck shell=bash

tests=0 failed=0

# check NAME PATTERN COMMAND…: it ends with 0 and prints something that fits; a pattern for nothing is one for all of it.
check() {
  local name=$1 pattern=$2 said status=0
  shift 2
  said=$("$@" 2>&1 </dev/null) || status=$?
  [[ $pattern != '^$' || -z $said ]] || status='nothing was expected'
  if [[ $status == 0 ]] && grep -qE -- "$pattern" <<<"$said"; then
    pass "$name"
  else
    fail "$name" "status $status" "$said"
  fi
}

# refuses NAME PATTERN COMMAND…: it ends with another status than 0 and says so.
refuses() {
  local name=$1 pattern=$2 said status=0
  shift 2
  said=$("$@" 2>&1 </dev/null) || status=$?
  if [[ $status != 0 ]] && grep -qE -- "$pattern" <<<"$said"; then
    pass "$name"
  else
    fail "$name" "status $status" "$said"
  fi
}

pass() { # NAME
  printf 'ok %d - %s\n' $((tests += 1)) "$1"
}

fail() { # NAME WORD… DETAIL
  failed=1
  printf 'not ok %d - %s\n' $((tests += 1)) "$1"
  shift
  printf '%s\n' "$@" | tail -n 20 | sed 's/^/#   /'
}

skip() { # NAME REASON
  printf 'ok %d - %s # SKIP %s\n' $((tests += 1)) "$1" "$2"
}

plan() { printf '1..%d\n' "$tests"; }
