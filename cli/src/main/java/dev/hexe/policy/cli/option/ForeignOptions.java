package dev.hexe.policy.cli.option;

import dev.hexe.policy.cli.text.Printable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Options that people know from programs like this one, and what says the same here. */
final class ForeignOptions {
  private static final String HERE =
      """
      --ro = --read=PATH
      --rox = --read=PATH
      --readonly = --read=PATH
      --read-only-path = --read=PATH
      --whitelist = --read=PATH
      --rw = --write=PATH
      --rwx = --write=PATH
      --read-write = --write=PATH
      --bind-ro = --ro-bind=SRC:DST
      --volume = --bind=SRC:DST
      -v = --bind=SRC:DST
      --mount = --bind=SRC:DST
      --bind-try = --bind-if-present=SRC:DST
      --ro-bind-try = --ro-bind-if-present=SRC:DST
      --dev-bind = --write=/dev/NAME
      --dev-bind-try = --write-if-present=/dev/NAME
      --remount-ro = --read-only=PATH
      --blacklist = --hide=PATH
      --deny-read = --hide=PATH
      --allow-read = --read=PATH
      --allow-write = --write=PATH
      --deny-write = --protect=PATH
      --private-tmp = --tmp=SIZE
      --shm-size = --shm=SIZE
      --env = --setenv=NAME=VALUE
      -e = --setenv=NAME=VALUE
      --clear-env = --clearenv
      --unset-env = --unsetenv=NAME
      --pass-env = --keepenv=NAME
      --keep-env = --keepenv=NAME
      --no-network = --network=none
      --no-net = --network=none
      --unshare-net = --network=none
      --net = --network=none
      --offline = --network=none
      --allow-net = --allow=HOST:PORT
      --connect-tcp = --allow=HOST:PORT
      --unshare-all = --isolation=full
      --share-net = --network=host
      --publish-port = --publish=OUTSIDE:INSIDE
      --cwd = --chdir=PATH
      --workdir = --chdir=PATH
      -w = --chdir=PATH
      --uid = --identity=UID:GID
      --gid = --identity=UID:GID
      --user = --identity=UID:GID
      -u = --identity=UID:GID
      --fakeroot = --identity=root
      --memory-max = --memory=SIZE
      --mem = --memory=SIZE
      --memory-limit = --memory=SIZE
      -m = --memory=SIZE
      --cpus = --cpu=SHARE
      --pids-limit = --pids=NUMBER
      --nproc = --pids=NUMBER
      --timeout = --time=TIME
      --wall-time = --time=TIME
      --cap = --cap-add=NAME
      --caps-keep = --cap-add=NAME
      --caps-drop = --cap-drop=NAME
      --add-seccomp-fd = --seccomp=FD
      --json-status-fd = --status-fd=FD
      --chmod = --dir=PATH:mode=MODE
      --perms = --tmpfs=DST:mode=MODE
      --size = --tmpfs=DST:size=SIZE
      --bind-data = --file=FD:DST
      --ro-bind-data = --file=FD:DST
      --overlay-src = --overlay=LOWER:DST
      --tmp-overlay = --overlay=LOWER:DST
      --ro-overlay = --overlay=LOWER:LOWER:DST:access=read
      --dev = `files: {devices: minimal}` in a profile
      --proc = `processes: {others: invisible}` in a profile
      --unshare-pid = `processes: {others: invisible}` in a profile
      --unshare-ipc = `ipc: private` in a profile
      --hostname = `hostname: NAME` in a profile
      --private = `files: {home: private}` in a profile
      --unshare-uts = `hostname: NAME` in a profile
      --unshare-cgroup = `cgroups: private` in a profile
      --unshare-user = `identity: self` in a profile
      --disable-userns = `privileges: {user-namespaces: none}` in a profile
      --new-session = `terminal: safe` in a profile
      --userns = `hexe-policy enter`
      --userns2 = `hexe-policy enter`
      --pidns = `hexe-policy enter`
      --profile = --isolation=PROFILE
      --noprofile = --isolation=none
      --privileged = --isolation=none
      --dry-run = `hexe-policy explain`
      """;

  private static final Map<String, String> TABLE = table();

  private ForeignOptions() {}

  private static Map<String, String> table() {
    Map<String, String> table = new HashMap<>();
    HERE.lines().map(line -> line.split(" = ", 2)).forEach(pair -> table.put(pair[0], pair[1]));
    return table;
  }

  /** Help for one that the command does not have, where it has what says the same. */
  static Optional<String> help(CommandSpec spec, String option) {
    String here = TABLE.getOrDefault(option, "");
    String name = here.replaceFirst("=.*", "");
    boolean other = here.startsWith("`");
    if (here.isEmpty() || (!other && spec.findOption(name) == null)) {
      return Optional.empty();
    }
    return Optional.of("here it is " + (other ? here : Printable.quote(here)));
  }

  /** Both sides of the table. */
  static Map<String, String> all() {
    return Map.copyOf(TABLE);
  }
}
