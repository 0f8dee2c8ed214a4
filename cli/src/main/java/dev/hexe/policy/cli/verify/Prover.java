package dev.hexe.policy.cli.verify;

import java.nio.file.Path;

/** The program that tries a sandbox out, from inside and from beside it. */
final class Prover {
  private Prover() {}

  /** Its path: {@code bin/hexe-policy} has it as {@code lib/hexe-prover}. */
  static String of(String launcher) {
    return Path.of(launcher).resolveSibling("../lib/hexe-prover").normalize().toString();
  }
}
