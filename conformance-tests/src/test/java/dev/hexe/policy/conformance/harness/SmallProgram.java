package dev.hexe.policy.conformance.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A static program of 32 bits that makes system calls by number; built without any library. */
public final class SmallProgram {
  private static final Path BUILT = Path.of("target").toAbsolutePath().resolve("calls32");
  private static final Result BUILD = build();

  private SmallProgram() {}

  /** The program in the home of {@code user}, where this host can build and run it. */
  public static String in(User user) {
    assumeTrue(BUILD.status() == 0, "gcc cannot make programs of 32 bits for x86");
    assumeTrue(runs(), "the kernel runs no programs of 32 bits");
    Path place = user.home().resolve("calls32");
    try {
      Files.copy(BUILT, place, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return place.toString();
  }

  private static boolean runs() {
    try {
      return Execution.of(List.of(BUILT.toString())).run().status() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static Result build() {
    return Execution.of(
            List.of(
                "gcc",
                "-m32",
                "-static",
                "-nostdlib",
                "-ffreestanding",
                "-fno-pic",
                "-no-pie",
                "-fno-stack-protector",
                "-O1",
                "-o",
                BUILT.toString(),
                Path.of("src/test/c32/calls.c").toAbsolutePath().toString()))
        .run();
  }
}
