package dev.hexe.policy.conformance.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The view that a command in a sandbox has of itself and its surroundings; one look serves many
 * tests.
 */
public final class Snapshot {
  private static final Map<Setting, Snapshot> LOOKS = new ConcurrentHashMap<>();

  private static final String LOOK =
      """
      for n in user pid mnt uts ipc net cgroup; do echo "ns.$n $(readlink /proc/self/ns/$n)"; done
      sed -n 's/^\\([A-Za-z_]*\\):[[:space:]]*\\(.*\\)/status.\\1 \\2/p' /proc/self/status
      sed 's/^/mount /' /proc/self/mountinfo
      sed 's/^/uid_map /' /proc/self/uid_map
      sed 's/^/gid_map /' /proc/self/gid_map
      sed -n 's/^ *\\([^ :]*\\):.*/interface \\1/p' /proc/net/dev
      for p in /proc/[0-9]*; do echo "process ${p#/proc/}"; done
      for d in / /dev /home; do ls -A $d 2>/dev/null | sed "s|^|entry.$d |"; done
      echo "hostname $(cat /proc/sys/kernel/hostname)"
      echo "uid $(id -u)"
      echo "gid $(id -g)"
      echo "groups $(id -G)"
      echo "pid $$"
      echo "parent $PPID"
      echo "cwd $(pwd)"
      echo "cgroup $(cat /proc/self/cgroup | sort -u | tr '\\n' ' ')"
      """;

  private final List<String> lines;

  private Snapshot(List<String> lines) {
    this.lines = lines;
  }

  static Snapshot of(Setting setting) {
    Sandbox sandbox = setting.sandbox();
    return LOOKS.computeIfAbsent(
        setting, key -> new Snapshot(sandbox.sh(LOOK).endsWith(0).lines()));
  }

  /** Everything seen under a name. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(name + " ")) {
        values.add(line.substring(name.length() + 1));
      }
    }
    return values;
  }

  /** The one thing seen under a name. */
  public String one(String name) {
    List<String> values = all(name);
    if (values.size() != 1) {
      throw new AssertionError("`" + name + "` was seen " + values.size() + " times: " + lines);
    }
    return values.get(0);
  }

  /** The namespace's inode. */
  public String namespace(Namespace namespace) {
    return one("ns." + namespace.entry());
  }

  /** A value of {@code /proc/self/status}. */
  public String status(String key) {
    return one("status." + key);
  }

  /** The mount at this path, the one on top where there are several. */
  public Optional<Mount> mount(String path) {
    return all("mount").stream()
        .map(Mount::parse)
        .filter(mount -> mount.path().equals(path))
        .reduce((below, top) -> top);
  }
}
