package dev.hexe.policy.conformance.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host where an ordinary user cannot have user namespaces: making one ends in ENOSPC. */
class PoorerHostTest {
  private static final String FORBID =
      "echo 0 > /proc/sys/user/max_user_namespaces"
          + " && exec setpriv --ambient-caps=-all --inh-caps=-all \"$@\"";

  @BeforeEach
  void needs() {
    Requires.namespaces(User.ORDINARY);
    Requires.landlock(3);
  }

  private static Sandbox there(String profile) {
    return Sandbox.profile(profile)
        .behind("unshare", "-U", "--map-current-user", "--keep-caps", "sh", "-c", FORBID, "sh");
  }

  @Test
  void thereAreNoUserNamespaces() {
    assertEquals(List.of("ENOSPC"), there("none").tries("unshare user"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"balanced", "sandbox", "full"})
  void whatIsRequiredIsRefusedWithTheLackAndTheFix(String profile) {
    there(profile)
        .run("echo", "ran")
        .refuses(
            "files",
            "mounts: `full` is required",
            "identity: `partial` is required",
            "user namespaces are limited to 0",
            "fix: sysctl");
  }

  @Test
  void isolatedNeedsNoNamespaces() {
    there("isolated").sh("echo ran").prints("ran");
  }

  @Test
  void bestEffortWarnsOfEverythingThatFallsShort() {
    there("sandbox")
        .with("--best-effort")
        .sh("echo ran")
        .prints("ran")
        .complains(
            "warning: files", "warning: tmp", "warning: processes-invisible", "warning: devices");
  }

  @Test
  void bestEffortKeepsWhatLandlockCanHold() {
    Path secret = User.ORDINARY.fileOutside("behind-landlock");
    // Beside what is hidden nothing can be made by Landlock alone; in a directory further down it
    // can.
    Path directory = User.ORDINARY.home().resolve("by-best-effort");
    Shipped.NONE.as(User.ORDINARY).run("mkdir", "-p", directory.toString()).endsWith(0);
    assertEquals(
        List.of("ok", "ok", "EACCES", "EACCES", "EACCES", "EACCES", "EACCES", "ok"),
        there("sandbox")
            .with("--best-effort")
            .tries(
                "create " + directory.resolve("file"),
                "read /etc/passwd",
                "list /var",
                "read /proc/version",
                "list /proc",
                "read " + secret,
                "create /tmp/hexe-conformance",
                "scribble /dev/null"));
  }

  @Test
  void bestEffortHasATemporaryDirectoryOfItsOwn() {
    Path directory =
        Path.of(
            there("sandbox")
                .with("--best-effort")
                .sh("touch $TMPDIR/x && echo $TMPDIR && stat -c %a $TMPDIR >&2")
                .endsWith(0)
                .complains("700")
                .text());
    assertTrue(directory.startsWith("/tmp") && directory.getNameCount() == 2, directory::toString);
    assertFalse(Files.exists(directory), "it must be gone");
  }

  @Test
  void bestEffortReachesNoProcessOutside() {
    Requires.landlock(6);
    long outsider = ProcessHandle.current().pid();
    assertEquals(
        List.of("EPERM", "EPERM", "EACCES"),
        there("sandbox")
            .with("--best-effort")
            .tries("signal " + outsider, "trace " + outsider, "memory-file " + outsider));
  }

  @Test
  void strictRefusesEvenWhatIsPreferred() {
    Sandbox.profile("isolated")
        .with("--strict", "--memory=1G")
        .run("echo", "ran")
        .refuses("memory");
  }
}
