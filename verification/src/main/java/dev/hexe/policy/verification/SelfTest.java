package dev.hexe.policy.verification;

import java.nio.file.Files;
import java.nio.file.Path;

/** The program that tries a sandbox out, from inside and from beside it. */
final class SelfTest {
  private SelfTest() {}

  /**
   * Its path: {@code lib/hexe-prover} of the distribution, or beside a launcher that was just
   * built.
   */
  static String of(String launcher) {
    Path installed = Path.of(launcher).resolveSibling("../lib/hexe-prover").normalize();
    Path built = Path.of(launcher).resolveSibling("hexe-prover");
    return (Files.exists(installed) ? installed : built).toString();
  }
}
