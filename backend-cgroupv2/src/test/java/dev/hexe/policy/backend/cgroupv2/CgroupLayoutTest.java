package dev.hexe.policy.backend.cgroupv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.backend.cgroupv2.CgroupLayout.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupLayoutTest {
  private static final String V2 =
      "30 20 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate";
  private static final String V1 = "31 20 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu";
  private static final String HYBRID_V2 = "32 20 0:28 / /sys/fs/cgroup/unified rw - cgroup2 c rw";

  private static CgroupLayout layout(String mounts, String own, String first) {
    HostReader reader =
        path ->
            switch (path) {
              case "/proc/self/mountinfo" -> Optional.of(mounts);
              case "/proc/self/cgroup" -> Optional.of(own);
              case "/proc/1/comm" -> Optional.of(first);
              default -> Optional.empty();
            };
    return CgroupLayout.read(reader);
  }

  @Test
  void knowsHowTheVersionsAreMounted() {
    assertEquals(Kind.UNIFIED, layout(V2, "0::/", "init").kind());
    assertEquals(Kind.LEGACY, layout(V1, "1:cpu:/", "init").kind());
    assertEquals(Kind.HYBRID, layout(V1 + "\n" + HYBRID_V2, "1:cpu:/\n0::/", "init").kind());
    assertEquals(Kind.NONE, layout("", "", "init").kind());
  }

  @Test
  void triesWhatIsAboveItselfNearestFirst() {
    assertEquals(
        List.of("/sys/fs/cgroup/a/b", "/sys/fs/cgroup/a", "/sys/fs/cgroup"),
        layout(V2, "0::/a/b/c", "init").candidates());
    assertEquals(List.of("/sys/fs/cgroup"), layout(V2, "0::/", "init").candidates());
    assertEquals(
        List.of("/sys/fs/cgroup/unified"),
        layout(V1 + "\n" + HYBRID_V2, "1:cpu:/\n0::/", "init").candidates());
  }

  @Test
  void aCgroupOutsideTheOwnNamespaceIsOutOfReach() {
    assertEquals(List.of(), layout(V2, "0::/../other", "init").candidates());
  }

  @Test
  void aMountThatBeginsFurtherDownIsFollowed() {
    String mount = V2.replace("0:26 / /sys", "0:26 /docker/x /sys");
    CgroupLayout layout = layout(mount, "0::/docker/x/main", "init");
    assertEquals(List.of("/sys/fs/cgroup"), layout.candidates());
    assertEquals("", layout.mount());
  }

  @ParameterizedTest
  @CsvSource({
    "/user.slice/user-1000.slice/session-3.scope",
    "/user.slice/user-1000.slice/user@1000.service/app.slice/run-1.scope",
    "/user.slice/user-1000.slice/user@1000.service/init.scope",
    "/system.slice/job.service",
    "/init.scope",
    "/"
  })
  void whatSystemdManagesIsLeftToIt(String own) {
    assertEquals(List.of(), layout(V2, "0::" + own, "systemd").candidates());
  }

  @Test
  void whatSystemdHandsOverIsUsed() {
    String unit = "/user.slice/user-1000.slice/user@1000.service/app.slice/run-1.scope";
    assertEquals(
        List.of("/sys/fs/cgroup" + unit),
        layout(V2, "0::" + unit + "/shell", "systemd").candidates());
    assertEquals(
        List.of(
            "/sys/fs/cgroup/system.slice/ci.service/jobs",
            "/sys/fs/cgroup/system.slice/ci.service"),
        layout(V2, "0::/system.slice/ci.service/jobs/1", "systemd").candidates());
  }

  @Test
  void systemdHasScopesWhereVersionTwoIsAlone() {
    assertTrue(layout(V2, "0::/init.scope", "systemd").hasScopes());
    assertFalse(layout(V2, "0::/init.scope", "init").hasScopes());
    assertFalse(layout(V1 + "\n" + HYBRID_V2, "0::/", "systemd").hasScopes());
    assertFalse(layout(V2.replace("/ /sys", "/x /sys"), "0::/x/y", "systemd").hasScopes());
  }
}
