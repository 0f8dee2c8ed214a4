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
      --args = `hexe-policy import --from bwrap FILE`, which makes a profile of it
      --bind-fd = --bind=SRC:DST
      --ro-bind-fd = --ro-bind=SRC:DST
      --assert-userns-disabled = `privileges: {user-namespaces: none}` in a profile
      --userns-block-fd = --block-fd=FD
      --unshare-cgroup-try = `cgroups: private`, with `demand: {cgroups: preferred}`, in a profile
      --unshare-user-try = `identity: self` in a profile
      --private-dev = `files: {devices: minimal}` in a profile
      --private-etc = `files: {read: [/etc/NAME]}` with `unlisted: absent` in a profile
      --private-bin = `files: {read: [/usr/bin/NAME]}` with `unlisted: absent` in a profile
      --private-home = `files: {home: private}` in a profile
      --private-cache = `files: {home: private}` in a profile
      --private-cwd = --chdir=PATH
      --noexec = --no-execute=PATH
      --noroot = `identity: self` in a profile
      --nonewprivs = `privileges: {gain: never}`, which every shipped profile but `none` has
      --nogroups = `identity: self` in a profile
      --nosound = --hide=PATH
      --novideo = `files: {devices: minimal}` in a profile
      --no3d = `files: {devices: minimal}` in a profile
      --noinput = `files: {devices: minimal}` in a profile
      --dbus-user = --hide=PATH
      --dbus-system = --hide=PATH
      --ipc-namespace = `ipc: private` in a profile
      --restrict-namespaces = `privileges: {user-namespaces: none}` in a profile
      --disable-mnt = --hide=PATH
      --seccomp.drop = `syscalls: {deny: [NAME]}` in a profile
      --seccomp.keep = `syscalls: {allow: [NAME]}` in a profile
      --caps.drop = --cap-drop=NAME
      --caps.keep = --cap-add=NAME
      --protocol = `hexe-policy import` of a firejail profile, which writes it as `syscalls`
      --rlimit-as = --rlimit=NAME=VALUE
      --rlimit-cpu = --rlimit=NAME=VALUE
      --rlimit-fsize = --rlimit=NAME=VALUE
      --rlimit-nofile = --rlimit=NAME=VALUE
      --rlimit-nproc = --pids=NUMBER
      --ulimit = --rlimit=NAME=VALUE
      --rmenv = --unsetenv=NAME
      --keep-fd = --pass-fd=FD
      --join = `hexe-policy enter`
      --shutdown = `hexe-policy stop`
      --tree = `hexe-policy ps`
      --trace = `hexe-policy why`
      --debug = `hexe-policy explain`
      --overlay-tmpfs = `hexe-policy try`
      --netfilter = --allow=HOST:PORT
      --device = --write=/dev/NAME
      --env-file = --setenv=NAME=VALUE
      --entrypoint = the command, after `--`
      --ipc = `ipc: private` in a profile
      --pid = `processes: {others: invisible}` in a profile
      --uts = `hostname: NAME` in a profile
      --cgroupns = `cgroups: private` in a profile
      --security-opt = `privileges` and `syscalls` in a profile
      --memory-swap = --memory=SIZE
      --cpuset-cpus = `limits: {cpus: LIST}` in a profile
      --cpu-shares = `limits: {cpu-weight: NUMBER}` in a profile
      --blkio-weight = `limits: {io-weight: NUMBER}` in a profile
      --stop-timeout = `limits: {grace: TIME}` in a profile
      --group-add = `identity` in a profile
      --add-host = `files: {contents: [{at: /etc/hosts, text: …}]}` in a profile
      --exec-label = `runcon LABEL hexe-policy apply …`
      --file-label = `runcon LABEL hexe-policy apply …`
      --level-prefix = --status-fd=FD
      --settings = `hexe-policy import --from srt FILE`
      --allowed-domains = --allow=HOST:PORT
      --allow-domain = --allow=HOST:PORT
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
    boolean other = !here.startsWith("-");
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
