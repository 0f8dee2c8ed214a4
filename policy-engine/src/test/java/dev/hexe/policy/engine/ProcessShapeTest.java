package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Layouts;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.spi.Contribution;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessShapeTest {
  private static final Action CLOSE = EnvironmentActions.closeDescriptors(3);
  private static final Action CGROUP = Processes.cgroupCreate("/c", "p");
  private static final Action PRIVATE = Mounts.privateDirectory("/tmp", "p", 0700, "TMPDIR");
  private static final Action TIME = Processes.timeLimit(1, 1);
  private static final Action TERMINAL = EnvironmentActions.terminal("");
  private static final Action OTHER = EnvironmentActions.setenv("A", "B");
  private static final Action KEPT = Layouts.overlayKept("/o", "/u", "/w", Set.of(), true);
  private static final Set<CloneFlag> USER = EnumSet.of(CloneFlag.NEWUSER);
  private static final Set<CloneFlag> PID = EnumSet.of(CloneFlag.NEWUSER, CloneFlag.NEWPID);

  static Stream<Arguments> shapes() {
    return Stream.of(
        shape("in place", Set.of(), List.of(OTHER), List.of()),
        shape("in new namespaces", USER, List.of(OTHER), List.of(Processes.unshare(USER))),
        shape(
            "as pid 1's child",
            PID,
            List.of(OTHER),
            List.of(Processes.spawn(PID, false), Processes.init())),
        shape("in a cgroup", Set.of(), List.of(CGROUP), List.of(Processes.spawn(Set.of(), true))),
        shape(
            "in a cgroup and namespaces",
            USER,
            List.of(CGROUP),
            List.of(Processes.spawn(USER, true))),
        shape(
            "as pid 1's child in a cgroup",
            PID,
            List.of(OTHER, CGROUP),
            List.of(Processes.spawn(PID, true), Processes.init())),
        shape(
            "with a private directory",
            Set.of(),
            List.of(PRIVATE),
            List.of(Processes.spawn(Set.of(), false))),
        shape(
            "with changes of an overlay that are kept",
            USER,
            List.of(KEPT),
            List.of(Processes.spawn(USER, false))),
        shape(
            "with a terminal of its own",
            Set.of(),
            List.of(TERMINAL),
            List.of(Processes.spawn(Set.of(), false), Processes.leadSession())),
        shape("with a time limit", USER, List.of(TIME), List.of(Processes.spawn(USER, false))));
  }

  private static Arguments shape(
      String name, Set<CloneFlag> namespaces, List<Action> actions, List<Action> processes) {
    return Arguments.of(name, namespaces, actions, processes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void startsNoMoreProcessesThanNeeded(
      String name, Set<CloneFlag> namespaces, List<Action> actions, List<Action> processes) {
    assertEquals(
        Stream.of(processes, actions, List.of(CLOSE)).flatMap(List::stream).toList(),
        ProcessShape.of(List.of(new Contribution(namespaces, actions)), false));
  }

  @Test
  void namespacesOfAllBackendsAreEnteredAtOnce() {
    List<Action> actions =
        ProcessShape.of(
            List.of(
                new Contribution(Set.of(CloneFlag.NEWUSER), List.of(OTHER)),
                new Contribution(Set.of(CloneFlag.NEWNET), List.of())),
            false);
    assertEquals(
        List.of(Processes.unshare(EnumSet.of(CloneFlag.NEWUSER, CloneFlag.NEWNET)), OTHER, CLOSE),
        actions);
  }

  @Test
  void rulesOfTheKernelCannotBeHadWithoutGivingUpPrivileges() {
    Action restrict = RestrictionActions.landlockRestrict();
    List<Action> expected = List.of(restrict, RestrictionActions.noNewPrivileges(), CLOSE);
    assertEquals(expected, ProcessShape.of(List.of(Contribution.of(List.of(restrict))), false));
    List<Action> both = List.of(RestrictionActions.noNewPrivileges(), restrict);
    assertEquals(
        Stream.concat(both.stream(), Stream.of(CLOSE)).toList(),
        ProcessShape.of(List.of(Contribution.of(both)), false));
  }

  @Test
  void firstProcessIsTheCommandWhereTheProfileSaysSo() {
    assertEquals(
        List.of(Processes.spawn(PID, false), TERMINAL, CLOSE),
        ProcessShape.of(List.of(new Contribution(PID, List.of(TERMINAL))), true));
  }

  @Test
  void firstProcessNeedsPidsOfItsOwn() {
    List<Contribution> without = List.of(new Contribution(USER, List.of(TERMINAL)));
    CannotCompileException refusal =
        assertThrows(CannotCompileException.class, () -> ProcessShape.of(without, true));
    assertTrue(refusal.help().contains("--as-pid-1"), refusal.help());
  }

  @Test
  void descriptorsAreAlwaysClosed() {
    assertEquals(List.of(CLOSE), ProcessShape.of(List.of(), false));
  }
}
