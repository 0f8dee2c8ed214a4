package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.host.HostReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The place of the control groups and of the caller among them, read from {@code
 * /proc/self/mountinfo} and {@code /proc/self/cgroup}, see {@code cgroups(7)}.
 *
 * @param kind how the versions are mounted
 * @param mount where version 2 is mounted, with its own root; else empty
 * @param systemd whether the tree is managed by systemd
 * @param candidates directories of version 2 in which a cgroup of ours could be made, nearest first
 */
record CgroupLayout(Kind kind, String mount, boolean systemd, List<String> candidates) {
  /** The ways in which the two versions of control groups are mounted. */
  enum Kind {
    /** Version 2 alone. */
    UNIFIED,
    /** Version 2 beside version 1, which may hold every controller. */
    HYBRID,
    /** Version 1 alone. */
    LEGACY,
    NONE
  }

  /** Deeper nesting than systemd's user sessions have is not searched. */
  private static final int MAXIMUM_CANDIDATES = 4;

  static CgroupLayout read(HostReader reader) {
    List<Mount> mounts =
        lines(reader, "/proc/self/mountinfo").flatMap(line -> Mount.of(line).stream()).toList();
    Optional<Mount> unified =
        mounts.stream().filter(mount -> mount.type().equals("cgroup2")).findFirst();
    boolean legacy = mounts.stream().anyMatch(mount -> mount.type().equals("cgroup"));
    Optional<String> own =
        lines(reader, "/proc/self/cgroup")
            .filter(line -> line.startsWith("0::"))
            .map(line -> line.substring("0::".length()))
            .findFirst();
    boolean systemd = lines(reader, "/proc/1/comm").anyMatch("systemd"::equals);
    List<String> candidates =
        unified.isPresent() && own.isPresent()
            ? candidates(unified.get(), own.get(), systemd)
            : List.of();
    String mount = unified.filter(found -> found.root().equals("/")).map(Mount::point).orElse("");
    return new CgroupLayout(kind(unified.isPresent(), legacy), mount, systemd, candidates);
  }

  /** Whether systemd could start a scope with a control group that has controllers. */
  boolean hasScopes() {
    return systemd && kind == Kind.UNIFIED && !mount.isEmpty();
  }

  private static Kind kind(boolean unified, boolean legacy) {
    if (unified) {
      return legacy ? Kind.HYBRID : Kind.UNIFIED;
    }
    return legacy ? Kind.LEGACY : Kind.NONE;
  }

  /**
   * A cgroup with processes in it, such as the caller's own, cannot have children with controllers;
   * only the root can. So the search starts at the parent.
   */
  private static List<String> candidates(Mount mount, String own, boolean systemd) {
    if (own.startsWith("/..")) {
      return List.of();
    }
    String relative =
        own.startsWith(mount.root()) && !mount.root().equals("/")
            ? own.substring(mount.root().length())
            : own;
    Stream<String> above =
        relative.isEmpty() || relative.equals("/")
            ? Stream.of("/")
            : Stream.iterate(parent(relative), path -> !path.isEmpty(), CgroupLayout::parent);
    return above
        .filter(path -> !systemd || isHandedOver(path))
        .map(path -> path.equals("/") ? mount.point() : mount.point() + path)
        .limit(MAXIMUM_CANDIDATES)
        .toList();
  }

  /**
   * Where systemd runs, a control group has one writer: what is above a unit's own is systemd's,
   * which takes controllers away from it again when none of its units needs them. A user's manager
   * is a unit, but what is below it is not ours either, see {@code
   * https://systemd.io/CGROUP_DELEGATION}.
   */
  private static boolean isHandedOver(String path) {
    return Arrays.stream(path.split("/"))
        .anyMatch(
            name ->
                (name.endsWith(".service") || name.endsWith(".scope"))
                    && !name.startsWith("user@"));
  }

  /** The directory above, and nothing above the root. */
  private static String parent(String path) {
    if (path.equals("/")) {
      return "";
    }
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }

  private static Stream<String> lines(HostReader reader, String path) {
    return reader.read(path).stream().flatMap(String::lines);
  }

  private record Mount(String root, String point, String type) {
    private static final int ROOT = 3;
    private static final int POINT = 4;

    static Optional<Mount> of(String line) {
      List<String> fields = Arrays.asList(line.split(" "));
      int separator = fields.indexOf("-");
      return separator > POINT && separator + 1 < fields.size()
          ? Optional.of(new Mount(fields.get(ROOT), fields.get(POINT), fields.get(separator + 1)))
          : Optional.empty();
    }
  }
}
