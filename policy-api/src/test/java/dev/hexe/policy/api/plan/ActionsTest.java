package dev.hexe.policy.api.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers that reach the kernel, against its headers. */
class ActionsTest {
  static Stream<Arguments> actions() {
    return Stream.of(
        Arguments.of(
            Processes.spawn(Set.of(CloneFlag.values()), true),
            // linux/sched.h: NEWUSER NEWNS NEWPID NEWNET NEWUTS NEWIPC NEWCGROUP
            List.of(
                (long) (0x10000000 | 0x20000 | 0x20000000 | 0x40000000 | 0x4000000 | 0x8000000)
                    | 0x2000000,
                1L)),
        Arguments.of(Processes.spawn(Set.of(), false), List.of(0L, 0L)),
        Arguments.of(Mounts.receiveOnly(), List.of(0x80000L)),
        Arguments.of(
            Mounts.bind("/a", "/b", Set.of(MountAttribute.values()), true, true, true),
            List.of("/a", "/b", 0xfL, 15L)),
        Arguments.of(
            Mounts.bind("/a", "/b", Set.of(MountAttribute.RDONLY), false, false, false),
            List.of("/a", "/b", 1L, 1L)),
        Arguments.of(
            Mounts.bind("/a", "/b", Set.of(MountAttribute.NOSUID), true, false, false),
            List.of("/a", "/b", 2L, 5L)),
        Arguments.of(
            Mounts.bind("/a", "/b", Set.of(MountAttribute.NODEV), false, true, false),
            List.of("/a", "/b", 4L, 3L)),
        Arguments.of(
            Mounts.tmpfs("/t", 9, 01777, Set.of(MountAttribute.NOEXEC), true),
            List.of("/t", 9L, 01777L, 8L, 8L)),
        Arguments.of(
            Mounts.attributes("/", Set.of(MountAttribute.RDONLY), true), List.of("/", 1L, 1L)),
        Arguments.of(
            Layouts.plain(Mounts.bind("/a", "/b", Set.of(), true, true, true)),
            List.of("/a", "/b", 0L, 31L)),
        Arguments.of(
            Layouts.plain(Mounts.tmpfs("/t", 9, 01777, Set.of(), false)),
            List.of("/t", 9L, 01777L, 0L, 16L)),
        Arguments.of(Layouts.layer("/a"), List.of("/a", 0L)),
        Arguments.of(Layouts.ownLayer("/a"), List.of("/a", 1L)),
        Arguments.of(
            Layouts.overlay("/o", 7, Set.of(MountAttribute.RDONLY), true),
            List.of("/o", 7L, 1L, 24L)),
        Arguments.of(
            Layouts.overlayKept("/o", "/u", "/w", Set.of(MountAttribute.NOSUID), false),
            List.of("/o", "/u", "/w", 2L, 16L)),
        Arguments.of(
            Layouts.fileFrom("/f", 0600, 9, Set.of(), true), List.of("/f", 0600L, 9L, 0L, 20L)),
        Arguments.of(
            Layouts.fileFrom("/f", 0600, 9, Set.of(), false), List.of("/f", 0600L, 9L, 0L, 16L)),
        Arguments.of(RestrictionActions.dropCapabilities(0, true), List.of(0L, 1L)),
        Arguments.of(RestrictionActions.dropCapabilities(5, false), List.of(5L, 0L)),
        Arguments.of(RestrictionActions.landlockPath("/a", 3, "m", true), List.of("/a", 3L, 2L)),
        Arguments.of(RestrictionActions.landlockPath("/a", 3, "m", false), List.of("/a", 3L, 0L)),
        Arguments.of(Processes.cgroupWrite("f", "v", true), List.of("f", "v", 1L)),
        Arguments.of(Processes.cgroupWrite("f", "v", false), List.of("f", "v", 0L)),
        Arguments.of(Processes.idMap(0, 1000, 1, 1001), List.of(0L, 1000L, 1L, 1001L)));
  }

  @ParameterizedTest
  @MethodSource("actions")
  void operandsAreWhatTheKernelCallsThem(Action action, List<Object> operands) {
    assertEquals(operands.stream().map(ActionsTest::operand).toList(), action.operands());
  }

  private static Operand operand(Object value) {
    return value instanceof String text ? Operand.of(text) : Operand.of((long) value);
  }
}
