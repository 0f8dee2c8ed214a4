#!/bin/sh
# network-tests.sh PRODUCT USERS [brief]: whether listed destinations are reached and nothing else, on a guest's kernel; to be run as root.
# PRODUCT is a distribution. What is tried are the scenarios of conformance-tests/src/test/network, which lie beside this script.
#
# Prints a line of TAP for each promise.
product=$1/bin/hexe-policy users=$2 extent=${3:-whole}
here=$(dirname "$0")
# A JDK, whose compiler the image has not: it is the one of the product.
PATH=$PATH:$(echo /usr/lib/jvm/java-17-openjdk-*/bin)

# A user without any capability, in namespaces of the test's own, or root. Plans and the gateway stay from one script to the next.
try() { # USER SCRIPT SCENARIO…
  echo "# $2 as $1"
  user=$1 script=$2 world=/tmp/world-$1
  shift 2
  mkdir -p "$world/run"
  chmod 700 "$world/run"
  set -- env SECONDS=1800 WORLD="$world" XDG_RUNTIME_DIR="$world/run" unshare -rnm python3 "$here/internet.py" "$product" "$here/$script.py" "$@"
  if [ "$user" = root ]; then
    PLAIN='' "$@"
  else
    chown -R "$user:$user" "$world"
    PLAIN=yes HOME=/home/$user setpriv --reuid="$user" --regid="$user" --clear-groups "$@"
  fi || echo "not ok 0 - $script as $user: status $?"
}

# One count over all scripts, as the lines come; awk would hold them back.
number() {
  count=0
  while IFS= read -r line; do
    case $line in
      1..*) continue ;;
      'ok '* | 'not ok '*)
        count=$((count + 1))
        line="${line%%ok *}ok $count - ${line#*ok * - }"
        ;;
    esac
    printf '%s\n' "$line"
  done
  echo "1..$count"
}

# What depends on the kernel: a JVM is started for each set of options, which takes long on an emulated processor.
each() { # USER
  if [ "$extent" = brief ]; then
    try "$1" promises names_and_ports addresses
    try "$1" clients notations other_protocols databases
    return
  fi
  try "$1" promises names_and_ports wildcards_and_denials addresses greetings datagrams published programs verified
  try "$1" clients secure_shell clone packages maven databases runtimes eyeballs notations other_protocols
  try "$1" attacks questions smuggled_names killed_gateway two_policies deaf_askers slow_names few_descriptors many_senders
  try "$1" asked answered
}

for user in $users; do
  each "$user"
done 2>&1 | number
