package dev.hexe.policy.exposure;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.host.IdMap;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what the command may do beyond an ordinary process, or gain. */
final class PrivilegeFinder {
  private static final Set<String> POWERFUL =
      Set.of(
          "root",
          "docker",
          "podman",
          "lxd",
          "incus",
          "libvirt",
          "sudo",
          "wheel",
          "admin",
          "disk",
          "shadow",
          "kmem",
          "adm",
          "systemd-journal",
          "tty",
          "input",
          "video",
          "kvm");
  private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin");
  private static final List<String> PROGRAMS =
      List.of(
          "sudo",
          "su",
          "doas",
          "pkexec",
          "mount",
          "umount",
          "newgrp",
          "passwd",
          "chsh",
          "gpasswd",
          "newuidmap",
          "fusermount3",
          "crontab",
          "at",
          "ssh-keysign",
          "firejail",
          "bwrap");

  private static final String ONE_WALL =
      "one wall around files, so one on standard input can be opened anew to be written";
  private final Subject subject;
  private final Optional<LiveContext> here;
  private final Optional<EffectiveAccess> reach;

  PrivilegeFinder(Subject subject, Optional<LiveContext> here, Optional<EffectiveAccess> reach) {
    this.subject = subject;
    this.here = here;
    this.reach = reach;
  }

  Stream<Exposure> find() {
    List<Exposure> found = new ArrayList<>();
    // In a user namespace of one id, setuid programs of others are run like any other.
    boolean ownIds = subject.strength(Guarantee.IDENTITY) != Strength.NONE;
    if (!subject.isFull(Guarantee.PRIVILEGE_GAIN) && !ownIds) {
      setuidPrograms().ifPresent(found::add);
    }
    if (subject.caller().capabilities() != 0
        && !subject.isFull(Guarantee.CAPABILITIES)
        && !ownIds) {
      found.add(capabilities());
    }
    groups().ifPresent(found::add);
    if (leavesSetuidFiles()) {
      found.add(setuidFiles());
    }
    if (!subject.isFull(Guarantee.USER_NAMESPACES) && subject.facts().has("namespace.user")) {
      found.add(subject.unless(Guarantee.USER_NAMESPACES, nestedUserNamespaces()));
    }
    if (!subject.isFull(Guarantee.SYSCALLS)) {
      found.add(subject.unless(Guarantee.SYSCALLS, Exposure.of(Kind.SYSTEM_CALLS)));
    }
    return found.stream();
  }

  /** What the second wall kept, which stays away where sandboxes start inside. */
  private Exposure nestedUserNamespaces() {
    return subject.profile().privileges().nesting()
        ? Exposure.of(Kind.NESTED_USER_NAMESPACES, List.of(ONE_WALL))
        : Exposure.of(Kind.NESTED_USER_NAMESPACES);
  }

  /** A filter on modes is put up where no capability is left. */
  private boolean leavesSetuidFiles() {
    boolean writes =
        subject.strength(Guarantee.FILES) == Strength.NONE
            || subject.grants().stream()
                .anyMatch(grant -> grant.access() == PathGrant.Access.WRITE && !grant.made());
    return writes
        && !subject.profile().privileges().noCapabilities()
        && !subject.decisions().has(Guarantee.PRIVILEGE_GAIN, Effect.DENIES_SET_ID_MODES);
  }

  private Exposure setuidFiles() {
    Exposure files = Exposure.of(Kind.SETUID_FILES);
    return subject.caller().uid() == 0
        ? files
        : files.lessened("another account has to run them, and gets no more than this one has");
  }

  /** On this host only where there is such a program. */
  private Optional<Exposure> setuidPrograms() {
    List<String> programs = new ArrayList<>();
    here.ifPresent(
        it ->
            FOLDERS.stream()
                .flatMap(folder -> PROGRAMS.stream().map(name -> folder + "/" + name))
                .filter(it.view()::isSetuid)
                .filter(path -> reach.filter(inside -> inside.reads(path)).isPresent())
                .forEach(programs::add));
    return here.isPresent() && programs.isEmpty()
        ? Optional.empty()
        : Optional.of(Exposure.of(Kind.PRIVILEGE_GAIN, programs));
  }

  /** Who is root in a user namespace has no say outside of it. */
  private Exposure capabilities() {
    Exposure capabilities = Exposure.of(Kind.HOST_CAPABILITIES);
    boolean mapped =
        here.flatMap(it -> it.view().read("/proc/self/uid_map"))
            .filter(map -> !IdMap.isOfEveryId(map))
            .isPresent();
    return mapped
        ? capabilities.lessened("they hold in the user namespace it is started from, not beyond")
        : capabilities;
  }

  private Optional<Exposure> groups() {
    Map<Long, String> names = names();
    List<String> groups =
        subject.caller().groups().stream()
            .filter(gid -> gid != subject.caller().gid())
            .map(gid -> names.getOrDefault(gid, Long.toString(gid)))
            .sorted(
                Comparator.comparing((String name) -> !POWERFUL.contains(name))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    if (groups.isEmpty() || subject.dropsGroups()) {
      return Optional.empty();
    }
    Exposure exposure = Exposure.of(Kind.SUPPLEMENTARY_GROUPS, groups);
    return Optional.of(
        POWERFUL.contains(groups.get(0))
            ? exposure
            : exposure.lessened("none of them is known to give power"));
  }

  private Map<Long, String> names() {
    Map<Long, String> names = new HashMap<>();
    here.flatMap(it -> it.view().read("/etc/group")).stream()
        .flatMap(String::lines)
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > 2 && fields[2].matches("[0-9]{1,10}"))
        .forEach(fields -> names.putIfAbsent(Long.parseLong(fields[2]), fields[0]));
    return names;
  }
}
