package dev.hexe.policy.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.cli.selection.BackendSelection;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstallationTest {
  @Test
  void allBackendsAreInstalled() {
    List<String> ids = Installation.backends().all().stream().map(IsolationBackend::id).toList();
    assertEquals(
        List.of(
            "cgroupv2",
            "landlock",
            "namespaces",
            "network",
            "privileges",
            "rlimits",
            "seccomp",
            "systemd",
            "terminal"),
        ids);
  }

  @Test
  void eachBackendComesFromSomewhere() {
    for (IsolationBackend backend : Installation.backends().all()) {
      assertTrue(Installation.location(backend).startsWith("/"), backend.id());
    }
  }

  @Test
  void aDesignLeavesOutTheOtherOneAlone() {
    assertEquals(
        List.of(
            "cgroupv2",
            "landlock",
            "network",
            "privileges",
            "rlimits",
            "seccomp",
            "systemd",
            "terminal"),
        BackendSelection.LANDLOCK.of(Installation.backends()).all().stream()
            .map(IsolationBackend::id)
            .toList());
    assertEquals(
        List.of(
            "cgroupv2",
            "namespaces",
            "network",
            "privileges",
            "rlimits",
            "seccomp",
            "systemd",
            "terminal"),
        BackendSelection.NAMESPACES.of(Installation.backends()).all().stream()
            .map(IsolationBackend::id)
            .toList());
  }
}
