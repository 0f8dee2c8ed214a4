package dev.hexe.policy.conformance.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** The product that is tested: the distribution as it is shipped. */
public final class Product {
  private Product() {}

  /** The directory of the distribution. */
  public static Path distribution() {
    return Path.of(System.getProperty("hexe.dist", "../cli/target/dist")).toAbsolutePath();
  }

  /** The program on PATH. */
  public static Path program() {
    Path program = distribution().resolve("bin/hexe-policy");
    if (!Files.isExecutable(program)) {
      throw new AssertionError("the distribution is not built: there is no " + program);
    }
    return program;
  }

  /** Whether it lies below a directory, which Landlock alone then closes to keep the program. */
  public static boolean isBelow(String directory) {
    return distribution().normalize().startsWith(directory);
  }
}
