package dev.hexe.policy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The surroundings of a process, as far as the policy compiler sees them. Landlock shows nowhere,
 * but whoever is in a domain has no new privileges.
 *
 * @param facts what the kernel says of it, by name
 */
record Caller(Map<String, String> facts) {
  private static final List<String> NAMESPACES =
      List.of("mnt", "user", "pid", "net", "ipc", "uts", "cgroup");
  private static final Set<String> STATUS =
      Set.of(
          "Umask",
          "Uid",
          "Gid",
          "Groups",
          "CapInh",
          "CapPrm",
          "CapEff",
          "CapBnd",
          "CapAmb",
          "NoNewPrivs",
          "Seccomp",
          "Seccomp_filters",
          "Cpus_allowed",
          "Mems_allowed");

  static Caller ofThisProcess() throws IOException {
    return of("self");
  }

  /**
   * The caller that says of itself to have this number and to be in this namespace of process ids,
   * outside of which its number is another's.
   */
  static Caller of(String process, String namespace) throws IOException {
    Caller caller = of(process);
    caller.facts.put("namespace pid", namespace);
    return caller;
  }

  private static Caller of(String process) throws IOException {
    Path directory = Path.of("/proc", process);
    Map<String, String> facts = new LinkedHashMap<>();
    for (String namespace : NAMESPACES) {
      Path link = directory.resolve("ns").resolve(namespace);
      facts.put("namespace " + namespace, Files.readSymbolicLink(link).toString());
    }
    for (String line : Files.readString(directory.resolve("status")).split("\n", -1)) {
      String key = line.split(":", 2)[0];
      if (STATUS.contains(key)) {
        facts.put(key, line);
      }
    }
    Path root = directory.resolve("root");
    facts.put("root", Files.readAttributes(root, "unix:dev,ino").toString());
    for (String file : List.of("limits", "cgroup", "oom_score_adj")) {
      facts.put(file, Files.readString(directory.resolve(file)));
    }
    return new Caller(facts);
  }

  /** A fact in which another process differs, in its words; none where it has all the same. */
  Optional<String> differenceTo(Caller other) {
    return facts.entrySet().stream()
        .filter(fact -> !fact.getValue().equals(other.facts.get(fact.getKey())))
        .map(fact -> fact.getKey() + ": " + other.facts.get(fact.getKey()))
        .findFirst();
  }
}
