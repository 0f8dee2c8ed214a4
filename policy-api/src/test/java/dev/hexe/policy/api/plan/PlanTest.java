package dev.hexe.policy.api.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  @ParameterizedTest(name = "{0} comes before {1}")
  @CsvSource({
    // A mount is impossible once Landlock is in force.
    "PIVOT_ROOT, LANDLOCK_RESTRICT",
    "BIND, LANDLOCK_RESTRICT",
    // What is mounted must not reach the host.
    "PROPAGATION, BIND",
    "PROPAGATION, ROOT_TMPFS",
    // Namespaces are entered with the ids mapped before anything is done in them.
    "SPAWN, PROPAGATION",
    "ID_MAP, BIND",
    "CGROUP_CREATE, SPAWN",
    "CGROUP_WRITE, SPAWN",
    "PRIVATE_DIRECTORY, SPAWN",
    "TIME_LIMIT, SPAWN",
    // In a user namespace whose setgroups is denied it is too late.
    "CLEAR_GROUPS, SPAWN",
    // Both take capabilities.
    "PIVOT_ROOT, DROP_CAPABILITIES",
    "LOOPBACK_UP, DROP_CAPABILITIES",
    "HOSTNAME, DROP_CAPABILITIES",
    "LIMIT_USER_NAMESPACES, DROP_CAPABILITIES",
    // Without privileges, Landlock and seccomp take no_new_privs.
    "NO_NEW_PRIVILEGES, LANDLOCK_RESTRICT",
    "NO_NEW_PRIVILEGES, SECCOMP_FILTER",
    // The directory is looked up in the new root, and Landlock's paths too.
    "PIVOT_ROOT, CHDIR",
    "PIVOT_ROOT, LANDLOCK_PATH",
    "LANDLOCK_RESTRICT, SECCOMP_FILTER",
    // PID 1 is confined by everything before it.
    "SECCOMP_FILTER, INIT",
    "CLOSE_DESCRIPTORS, INIT",
    "DROP_CAPABILITIES, INIT"
  })
  void phasesKeepTheOrderThatSafetyNeeds(Opcode first, Opcode second) {
    assertTrue(
        first.phase().compareTo(second.phase()) < 0,
        first.phase() + " is not before " + second.phase());
  }

  @Test
  void initIsTheVeryLastPhase() {
    Phase[] phases = Phase.values();
    assertEquals(Phase.INIT, phases[phases.length - 1]);
    assertEquals(
        List.of(Opcode.INIT),
        Arrays.stream(Opcode.values()).filter(opcode -> opcode.phase() == Phase.INIT).toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyOrderOfWritingComesOutByPhase(long seed) {
    List<Action> actions =
        new ArrayList<>(
            List.of(
                PlanNotes.warn("w"),
                Processes.spawn(Set.of(CloneFlag.NEWNS), false),
                Mounts.receiveOnly(),
                Mounts.rootHost(),
                RestrictionActions.noNewPrivileges(),
                EnvironmentActions.chdirOr("/", ""),
                RestrictionActions.landlockRuleset(1, 0, 0),
                Processes.init()));
    List<Action> expected = List.copyOf(actions);
    Collections.shuffle(actions, new Random(seed));
    assertEquals(expected, Plan.inPhases(actions.stream()).actions());
  }

  @Test
  void orderWithinAPhaseStays() {
    List<Action> actions =
        List.of(
            Mounts.rootHost(),
            Mounts.mkdir("/b", 0755),
            Mounts.mkdir("/a", 0755),
            Mounts.mkdir("/b", 0700));
    assertEquals(actions, Plan.inPhases(actions.stream()).actions());
  }
}
