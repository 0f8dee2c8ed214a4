package dev.hexe.policy.conformance.harness;

import java.nio.file.Path;

/** The C program that does what a shell cannot do precisely; it stands in every user's home. */
final class ProbeProgram {
  static final String NAME = "probe";

  private static final Path BUILT = CProgram.built(NAME, Path.of("src/test/c"));

  private ProbeProgram() {}

  static Path built() {
    return BUILT;
  }
}
