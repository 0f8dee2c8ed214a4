package dev.hexe.policy.verification;

import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanWriter;
import dev.hexe.policy.engine.rules.PolicyException;
import dev.hexe.policy.verification.act.Act;
import dev.hexe.policy.verification.act.Answer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Has the launcher execute a plan and try acts inside. */
final class Attempts {
  /** The plan's file in the directory. */
  static final String PLAN = "plan";

  private static final int PATIENCE = 300;

  private final String launcher;
  private final Path directory;
  private final Path file;

  /** With a directory for files. */
  Attempts(String launcher, Path directory) {
    this.launcher = launcher;
    this.directory = directory;
    this.file = directory.resolve(PLAN);
  }

  /**
   * Tries acts in one sandbox, one after another.
   *
   * @throws PolicyException where the sandbox could not be started
   */
  List<Answer> run(Plan plan, List<Act> acts) throws IOException {
    if (acts.isEmpty()) {
      return List.of();
    }
    Files.write(file, PlanWriter.write(Anywhere.of(plan)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Path list = Files.write(directory.resolve("attempts"), words(acts));
    File messages = directory.resolve("messages").toFile();
    Process process =
        new ProcessBuilder(
                launcher,
                "run",
                file.toString(),
                "--attempts",
                list.toString(),
                SelfTest.of(launcher))
            .redirectInput(new File("/dev/null"))
            .redirectError(messages)
            .start();
    try {
      process.onExit().orTimeout(PATIENCE, TimeUnit.SECONDS).exceptionally(late -> end(process));
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int status = process.waitFor();
      String said = Files.readString(messages.toPath()).strip();
      if (!Answers.areIn(text)) {
        throw new PolicyException(
            "the sandbox could not be started (status %d): %s".formatted(status, said));
      }
      return Answers.parse(text, acts.size(), new Answers.End(status, said));
    } catch (InterruptedException e) {
      throw new PolicyException("interrupted while the launcher tries", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process end(Process process) {
    return process.destroyForcibly();
  }

  private static byte[] words(List<Act> acts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Act act : acts) {
      for (String word : act.words()) {
        bytes.writeBytes(word.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
      }
    }
    return bytes.toByteArray();
  }
}
