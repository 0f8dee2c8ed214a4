package dev.hexe.policy.cli.running;

import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanReader;
import dev.hexe.policy.api.plan.PlanWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The plan that a supervisor carries out: it keeps the file open that it read it from. */
final class OpenPlan {
  private static final long CLOSE_ON_EXEC = 02000000;

  private OpenPlan() {}

  /** The plan of a process; empty where it has none. */
  static Optional<Plan> of(Path process) {
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors
          .filter(descriptor -> isItsOwn(process, descriptor))
          .flatMap(descriptor -> read(descriptor).stream())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What the profile was called. */
  static Optional<String> profile(Plan plan) {
    return plan.actions().stream()
        .filter(action -> action.opcode() == Opcode.NOTE)
        .filter(action -> action.operands().get(0).toString().equals("profile"))
        .map(action -> action.operands().get(1).toString())
        .findFirst();
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

  private static Optional<Plan> read(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return Optional.of(PlanReader.read(stream.readNBytes(PlanWriter.MAXIMUM_LENGTH + 1)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
