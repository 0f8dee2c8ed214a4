package dev.hexe.policy.conformance.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory in {@code /var/tmp} that changes of a whole home are kept in. Landlock alone closes
 * {@code /var/tmp} for as long as it is there, so tests of either take turns.
 */
public final class ChangesOutside {
  /** The lock of both. */
  public static final String LOCK = "changes kept in /var/tmp";

  private ChangesOutside() {}

  /** Whether there is one, for example of somebody who works on this machine. */
  public static boolean areKept(User user) {
    return Files.exists(Path.of("/var/tmp/hexe-policy-" + user.uid()));
  }
}
