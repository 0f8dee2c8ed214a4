package dev.hexe.policy.api.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.testing.FakeTree;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedPathTest {
  private static final FakeTree TREE =
      FakeTree.mergedUsr()
          .files("/usr/bin/dash", "/usr/lib/x86/ld.so")
          .link("/usr/bin/sh", "dash")
          .link("/usr/bin/editor", "/etc/alternatives/editor")
          .link("/etc/alternatives/editor", "/usr/bin/dash")
          .link("/usr/lib/ld.so", "/lib/x86/ld.so")
          .link("/up", "../../../../etc/./passwd")
          .link("/slashes", "//usr///bin/")
          .link("/root-again", "/")
          .link("/gone", "/nowhere/at/all")
          .link("/sideways", "usr/lib/../bin")
          .link("/through-a-link", "bin/../etc")
          .link("/into-a-file", "etc/passwd/x")
          .link("/self", "self")
          .link("/ping", "pong")
          .link("/pong", "ping")
          .link("/proc/self", "4711")
          .link("/proc/thread-self", "4711/task/4711")
          .link("/proc/mounts", "self/mounts")
          .link("/etc/mtab", "../proc/self/mounts")
          .link("/dev/fd", "/proc/self/fd")
          .directories("/proc/4711/fd")
          .files("/proc/4711/mounts");

  static Stream<Arguments> paths() {
    return Stream.of(
        path("/etc", "/etc", Kind.DIRECTORY, Map.of()),
        path("/etc/passwd", "/etc/passwd", Kind.FILE, Map.of()),
        path("/", "/", Kind.DIRECTORY, Map.of()),
        path("/bin", "/usr/bin", Kind.DIRECTORY, Map.of("/bin", "usr/bin")),
        path(
            "/bin/sh",
            "/usr/bin/dash",
            Kind.FILE,
            Map.of("/bin", "usr/bin", "/usr/bin/sh", "dash")),
        path(
            "/bin/editor",
            "/usr/bin/dash",
            Kind.FILE,
            Map.of(
                "/bin",
                "usr/bin",
                "/usr/bin/editor",
                "/etc/alternatives/editor",
                "/etc/alternatives/editor",
                "/usr/bin/dash")),
        // The same symlink on the way twice is no loop.
        path(
            "/lib/ld.so",
            "/usr/lib/x86/ld.so",
            Kind.FILE,
            Map.of("/lib", "usr/lib", "/usr/lib/ld.so", "/lib/x86/ld.so")),
        path("/up", "/etc/passwd", Kind.FILE, Map.of("/up", "../../../../etc/./passwd")),
        path("/slashes", "/usr/bin", Kind.DIRECTORY, Map.of("/slashes", "//usr///bin/")),
        path("/root-again", "/", Kind.DIRECTORY, Map.of("/root-again", "/")),
        path("/sideways", "/usr/bin", Kind.DIRECTORY, Map.of("/sideways", "usr/lib/../bin")),
        // `..` is that of the directory the symlink leads to, as for the kernel: /usr/etc.
        path(
            "/through-a-link",
            "/usr/etc",
            Kind.ABSENT,
            Map.of("/through-a-link", "bin/../etc", "/bin", "usr/bin")));
  }

  private static Arguments path(String listed, String path, Kind kind, Map<String, String> links) {
    return Arguments.of(listed, new ResolvedPath(path, kind, links));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("paths")
  void symlinksAreFollowedAndKept(String listed, ResolvedPath expected) {
    assertEquals(expected, ResolvedPath.of(listed, TREE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nowhere", "/nowhere/below", "/etc/passwd/below", "/into-a-file", "/gone"})
  void whatIsMissingIsAbsent(String listed) {
    assertEquals(Kind.ABSENT, ResolvedPath.of(listed, TREE).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/self", "/self/x", "/ping", "/pong/x"})
  void loopsAreErrors(String listed) {
    CannotCompileException thrown =
        assertThrows(CannotCompileException.class, () -> ResolvedPath.of(listed, TREE));
    assertEquals("`" + listed + "` cannot be resolved: too many symlinks", thrown.getMessage());
  }

  @Test
  void fortySymlinksAreFollowedAndNotOneMore() {
    FakeTree tree = FakeTree.empty().directories("/end");
    for (int i = 0; i < 41; i++) {
      tree.link("/l" + i, i == 0 ? "end" : "l" + (i - 1));
    }
    assertEquals("/end", ResolvedPath.of("/l39", tree).path());
    assertThrows(CannotCompileException.class, () -> ResolvedPath.of("/l40", tree));
  }

  /** They would name the process that compiles, and then whatever has its number at each run. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/proc/self", "/proc/thread-self", "/proc/mounts", "/etc/mtab", "/dev/fd"})
  void whatLeadsToTheProcessThatLooksIsRefused(String listed) {
    assertThrows(CannotCompileException.class, () -> ResolvedPath.of(listed, TREE));
  }
}
