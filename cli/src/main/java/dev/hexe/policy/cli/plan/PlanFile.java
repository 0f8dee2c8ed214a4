package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanReader;
import dev.hexe.policy.api.plan.PlanWriter;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.OwnStream;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.yaml.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Plans in files. */
public final class PlanFile {
  private PlanFile() {}

  /**
   * Reads one.
   *
   * @throws CommandException where it cannot be read, or is no plan
   */
  public static Plan read(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return PlanReader.read(stream.readNBytes(PlanWriter.MAXIMUM_LENGTH + 1));
    } catch (IOException e) {
      throw new CommandException(
          "cannot read the plan " + quote(file) + ": " + FailureReason.of(e), "");
    } catch (IllegalArgumentException e) {
      throw new CommandException(quote(file) + " is not a plan: " + e.getMessage(), "");
    }
  }

  /**
   * Writes one that its owner alone can write; whoever looks meanwhile sees what was there before.
   * Into what is no file of its own, a device, a pipe or what a symlink leads to, it is written.
   *
   * @throws CommandException where it cannot be written
   */
  public static void write(Plan plan, Path file) {
    try {
      if (OwnStream.write(file, PlanWriter.write(plan))) {
        return;
      }
      if (isMoreThanAFile(file)) {
        Files.write(
            file,
            PlanWriter.write(plan),
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING);
        return;
      }
      Path directory = file.toAbsolutePath().getParent();
      Path temporary = Files.createTempFile(directory, ".hexe-", ".plan");
      try {
        Files.write(temporary, PlanWriter.write(plan));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new CommandException(
          "cannot write the plan " + quote(file) + ": " + FailureReason.of(e), "");
    }
  }

  /** A device, a pipe or a symlink is written to: to replace it would take it from others. */
  private static boolean isMoreThanAFile(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static String quote(Path file) {
    return Printable.quote(file.toString());
  }
}
