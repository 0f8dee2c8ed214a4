package dev.hexe.policy.backend.namespaces.host;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.host.Remedy;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.backend.namespaces.NamespacesBackend;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NamespaceFactsTest {
  private static final String LIMIT = "/proc/sys/user/max_user_namespaces";
  private static final String DEBIAN = "/proc/sys/kernel/unprivileged_userns_clone";
  private static final String APPARMOR = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";
  private static final Outcome DENIED = Outcome.failure("spawn", "EPERM");
  private static final Outcome HALFWAY = Outcome.failure("id-map", "EACCES");
  private static final String UNMASK =
      "give this container a /proc without covered parts: podman `--security-opt unmask=ALL`,"
          + " docker `--security-opt systempaths=unconfined`";
  private static final MissingFeature APPARMOR_LACK =
      new MissingFeature(
          "AppArmor lets ordinary users enter user namespaces without any rights ("
              + APPARMOR
              + ")",
          "load an AppArmor profile that allows `userns` for this program alone"
              + " (see `hexe-policy doctor --fix`)",
          Remedy.APPARMOR_PROFILE);

  static Stream<Arguments> denials() {
    return Stream.of(
        Arguments.of(
            DENIED,
            Map.of(LIMIT, "0", DEBIAN, "0"),
            new MissingFeature(
                "user namespaces are limited to 0 on this host (" + LIMIT + ")",
                "sysctl -w user.max_user_namespaces=15000",
                Remedy.USER_NAMESPACE_LIMIT)),
        Arguments.of(
            DENIED,
            Map.of(LIMIT, "15000", DEBIAN, "0"),
            new MissingFeature(
                "user namespaces are switched off for ordinary users (" + DEBIAN + ")",
                "sysctl -w kernel.unprivileged_userns_clone=1",
                Remedy.USER_NAMESPACE_SWITCH)),
        Arguments.of(HALFWAY, Map.of(APPARMOR, "1"), APPARMOR_LACK),
        // Whoever cannot even enter is not stopped by AppArmor, which lets everybody in.
        Arguments.of(
            DENIED,
            Map.of(APPARMOR, "1"),
            new MissingFeature(
                "no usable user namespace (spawn: EPERM)",
                "allow user namespaces for this program in the surrounding container or security"
                    + " module")),
        Arguments.of(
            DENIED,
            Map.of("/proc/self/status", "Name:\tjava\nSeccomp:\t2\nSeccomp_filters:\t1"),
            new MissingFeature(
                "user namespaces are refused (spawn: EPERM), and a filter on system calls is in force"
                    + " here",
                "have the filter of the surrounding container allow `clone`, `clone3`, `unshare`,"
                    + " `setns`, `mount`, `umount2` and `pivot_root` (docker, podman: `--security-opt"
                    + " seccomp=FILE`)")),
        Arguments.of(
            HALFWAY,
            Map.of("/proc/self/attr/apparmor/current", "some-profile (enforce)"),
            new MissingFeature(
                "the AppArmor profile `some-profile` gives no rights in a user namespace (id-map:"
                    + " EACCES)",
                "allow `userns` and `capability` in that profile")),
        Arguments.of(
            HALFWAY,
            Map.of(APPARMOR, "0", "/proc/self/attr/apparmor/current", "unconfined"),
            new MissingFeature(
                "no usable user namespace (id-map: EACCES)",
                "allow user namespaces for this program in the surrounding container or security"
                    + " module")),
        Arguments.of(
            Outcome.failure("spawn", "ENOSPC"),
            Map.of(LIMIT, "15000"),
            new MissingFeature(
                "no usable user namespace (spawn: ENOSPC)",
                "raise user.max_user_namespaces in the surrounding namespace")),
        Arguments.of(
            Outcome.failure("spawn", "EINVAL"),
            Map.of(),
            new MissingFeature(
                "no usable user namespace (spawn: EINVAL)",
                "use a kernel built with CONFIG_USER_NS")),
        Arguments.of(
            Outcome.failure("spawn", "SIGNAL 31"),
            Map.of(),
            new MissingFeature("no usable user namespace (spawn: SIGNAL 31)", "")));
  }

  /** The limit is the outer sandbox's own, not this host's. */
  @Test
  void insideAnotherSandboxThatOneIsTheReason() {
    MissingFeature lack =
        lack(Outcome.failure("spawn", "ENOSPC"), Map.of("/proc/1/comm", "hexe-policy", LIMIT, "0"));
    assertEquals(
        "the sandbox around this one allows no user namespace inside (spawn: ENOSPC)",
        lack.reason());
    assertTrue(lack.fix().contains("`--nesting`"), lack.fix());
  }

  /** It nests, but for a root that has no capabilities. */
  @Test
  void insideAnotherSandboxRootIsToldOfAnotherIdentity() {
    MissingFeature lack =
        lack(Outcome.failure("id-map", "EPERM"), Map.of("/proc/1/comm", "hexe-policy"));
    assertTrue(lack.fix().contains("`--identity 1000:1000`"), lack.fix());
  }

  /** No filter refuses that: Landlock leaves its file out. */
  @Test
  void idsThatMayNotBeWrittenAreNoMatterOfAFilter() {
    MissingFeature lack =
        lack(Outcome.failure("id-map", "EACCES"), Map.of("/proc/self/status", "Seccomp:\t2"));
    assertTrue(lack.reason().contains("`isolated`"), lack.reason());
    assertTrue(lack.fix().contains("`nesting: allowed`"), lack.fix());
  }

  @ParameterizedTest
  @MethodSource("denials")
  void deniedUserNamespaceIsTheReasonForAll(
      Outcome outcome, Map<String, String> files, MissingFeature expected) {
    List<Fact> facts = facts(Map.of(NamespaceFacts.USER, outcome), files);
    assertAll(
        Stream.of(NamespaceFacts.USER, NamespaceFacts.MOUNT, NamespaceFacts.PROC)
            .map(name -> () -> assertEquals(expected, lackOf(facts, name), name)));
  }

  static Stream<Arguments> shortfalls() {
    return Stream.of(
        Arguments.of(NamespaceFacts.MOUNT, "root-tmpfs", "EPERM", "1", APPARMOR_LACK),
        Arguments.of(
            NamespaceFacts.MOUNT,
            "root-tmpfs",
            "EPERM",
            "0",
            new MissingFeature(
                "a mount namespace with a new root is not available (root-tmpfs: EPERM)", "")),
        Arguments.of(
            NamespaceFacts.MOUNT,
            "propagation",
            "EPERM",
            "0",
            new MissingFeature(
                "nothing can be mounted here (propagation: EPERM), as inside another sandbox",
                "start this program outside of the other sandbox, or without its Landlock rules and"
                    + " filters")),
        Arguments.of(
            NamespaceFacts.USER_LIMIT,
            "limit-user-namespaces",
            "EROFS",
            "0",
            new MissingFeature(
                "a limit on nested user namespaces is not available (limit-user-namespaces: EROFS):"
                    + " /proc/sys is read-only here",
                UNMASK)),
        Arguments.of(
            NamespaceFacts.NETWORK,
            "spawn",
            "EINVAL",
            "1",
            new MissingFeature("a network namespace is not available (spawn: EINVAL)", "")),
        Arguments.of(
            NamespaceFacts.PROC,
            "proc",
            "EPERM",
            "0",
            new MissingFeature(
                "a fresh /proc is not available (proc: EPERM): the kernel gives none where parts of"
                    + " /proc are covered",
                UNMASK)));
  }

  @ParameterizedTest
  @MethodSource("shortfalls")
  void whatFailsInsideAUserNamespaceIsItsOwnReason(
      String name, String step, String errno, String appArmor, MissingFeature expected) {
    List<Fact> facts =
        facts(
            Map.of(NamespaceFacts.USER, Outcome.success(0), name, Outcome.failure(step, errno)),
            Map.of(APPARMOR, appArmor));
    assertEquals(expected, lackOf(facts, name));
  }

  @Test
  void olderKernelIsNoReasonToDoWithout() {
    List<Fact> facts =
        facts(
            Map.of(
                NamespaceFacts.CLONE3,
                Outcome.failure("clone3-query", "ENOSYS"),
                NamespaceFacts.MOUNT_API,
                Outcome.failure("mount-api-query", "EPERM")),
            Map.of());
    assertEquals(
        new MissingFeature(
            "the kernel has no `clone3`, or a filter hides it",
            "use Linux 5.3 or later, without such a filter; until then a slower way is taken"),
        lackOf(facts, NamespaceFacts.CLONE3));
    assertEquals(
        new MissingFeature(
            "`open_tree` with `mount_setattr` is refused (EPERM)",
            "allow it in the surrounding container; until then a slower way is taken"),
        lackOf(facts, NamespaceFacts.MOUNT_API));
  }

  static Stream<Arguments> roots() {
    String host = "22 1 254:0 / / rw - ext4 /dev/vda rw\n30 22 0:5 / /mnt rw - proc proc rw";
    return Stream.of(
        Arguments.of("nothing is known", "", host, false),
        Arguments.of("the host itself", host, host, false),
        Arguments.of("a directory", "30 22 0:5 / /proc rw - proc proc rw", host, true),
        Arguments.of("a mount", "30 22 0:5 / / rw - proc proc rw", host, true),
        Arguments.of("a namespace", "77 76 0:5 / / rw - ext4 /dev/vda rw", host, false),
        Arguments.of("hidden processes", host, "", false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("roots")
  void aChrootIsTold(String name, String own, String first, boolean chroot) {
    Map<String, String> files =
        Map.of(
            "/proc/self/mountinfo", own,
            "/proc/self/status", "Name:\tjava\nPPid:\t77\nSeccomp:\t0",
            "/proc/77/status", "Name:\tsh\nPPid:\t1",
            "/proc/1/status", "Name:\tinit\nPPid:\t0",
            "/proc/1/mountinfo", first);
    List<Fact> facts = facts(Map.of(NamespaceFacts.USER, DENIED), files);
    assertEquals(
        chroot, lackOf(facts, NamespaceFacts.PID).reason().startsWith("this is a chroot"), name);
  }

  private static List<Fact> facts(Map<String, Outcome> outcomes, Map<String, String> files) {
    return new NamespacesBackend()
        .facts(new Findings(outcomes, path -> Optional.ofNullable(files.get(path))));
  }

  /** What there is to say of a user namespace that ended so. */
  private static MissingFeature lack(Outcome outcome, Map<String, String> files) {
    return lackOf(facts(Map.of(NamespaceFacts.USER, outcome), files), NamespaceFacts.USER);
  }

  private static MissingFeature lackOf(List<Fact> facts, String name) {
    return facts.stream()
        .filter(fact -> fact.name().equals(name))
        .map(Fact::lack)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void namespacesAreTriedInsideAUserNamespaceWithItsIdsMapped() {
    List<Probe> inside =
        NamespaceFacts.probes(Hosts.USER).stream()
            .filter(probe -> probe.actions().get(0).opcode() == Opcode.SPAWN)
            .toList();
    assertTrue(inside.size() >= 10);
    assertAll(
        inside.stream()
            .map(
                probe ->
                    () ->
                        assertEquals(
                            Processes.idMap(1000, 1000, 1000, 1000),
                            probe.actions().get(1),
                            probe.fact())));
  }

  /** On some hosts a mount namespace can be entered and nothing mounted in it. */
  @Test
  void mountNamespaceCountsOnlyWhereSomethingWasMountedInIt() {
    Probe mount =
        NamespaceFacts.probes(Hosts.USER).stream()
            .filter(probe -> probe.fact().equals(NamespaceFacts.MOUNT))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of(
            Opcode.SPAWN,
            Opcode.ID_MAP,
            Opcode.PROPAGATION,
            Opcode.ROOT_TMPFS,
            Opcode.BIND,
            Opcode.ROOT_QUERY),
        mount.actions().stream().map(action -> action.opcode()).toList());
  }

  @Test
  void supplementaryGroupsAreDroppedBeforeTheIdsAreMapped() {
    Caller grouped = new Caller(1000, 1000, Set.of(1000L, 27L), 0);
    assertEquals(List.of(Opcode.CLEAR_GROUPS, Opcode.SPAWN, Opcode.ID_MAP), groupsProbe(grouped));
    assertEquals(List.of(Opcode.SPAWN, Opcode.ID_MAP), groupsProbe(Hosts.USER));
  }

  private static List<Opcode> groupsProbe(Caller caller) {
    return NamespaceFacts.probes(caller).stream()
        .filter(probe -> probe.fact().equals(NamespaceFacts.GROUPS))
        .flatMap(probe -> probe.actions().stream())
        .map(Action::opcode)
        .toList();
  }
}
