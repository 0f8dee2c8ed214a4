package dev.hexe.policy.cli.running;

import dev.hexe.policy.api.plan.PlanReader;
import dev.hexe.policy.api.plan.PlanWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The plan that a supervisor carries out: it keeps the file open that it read it from. */
final class OpenPlan {
  private static final long CLOSE_ON_EXEC = 02000000;

  private OpenPlan() {}

  /** Whether a process has one. */
  static boolean isIn(Path process) {
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors
          .filter(descriptor -> isItsOwn(process, descriptor))
          .anyMatch(OpenPlan::isPlan);
    } catch (IOException e) {
      return false;
    }
  }

  /** What was inherited cannot be closed on exec; a fifo would keep us waiting. */
  private static boolean isItsOwn(Path process, Path descriptor) {
    try {
      String flags =
          Files.readAllLines(
                  process.resolve("fdinfo").resolve(descriptor.getFileName()),
                  StandardCharsets.ISO_8859_1)
              .stream()
              .filter(line -> line.startsWith("flags:"))
              .map(line -> line.substring("flags:".length()).strip())
              .findFirst()
              .orElse("0");
      return (Long.parseLong(flags, 8) & CLOSE_ON_EXEC) != 0 && Files.isRegularFile(descriptor);
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }

  private static boolean isPlan(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      PlanReader.read(stream.readNBytes(PlanWriter.MAXIMUM_LENGTH + 1));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
