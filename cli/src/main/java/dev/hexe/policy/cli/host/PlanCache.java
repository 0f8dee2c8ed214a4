package dev.hexe.policy.cli.host;

import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The directory in which the launcher keeps plans.
 *
 * @param directory empty where it keeps none
 * @param problem why it keeps none
 */
public record PlanCache(Optional<Path> directory, String problem) {
  private static final String DIRECTORY = "hexe.cache";
  private static final String PROBLEM = "hexe.cache.problem";

  public static PlanCache of(Invocation invocation) {
    return new PlanCache(
        Optional.ofNullable(invocation.property().of(DIRECTORY)).map(Path::of),
        Optional.ofNullable(invocation.property().of(PROBLEM)).orElse("the launcher names none"));
  }

  /** What there is to say about it, on one line. */
  public String summary() {
    return directory
        .map(path -> "plans are kept in " + path)
        .orElse("no plans are kept, so that every `apply` compiles: " + problem);
  }

  /**
   * What is in it.
   *
   * @throws CommandException where it cannot be listed
   */
  public List<Path> files() {
    if (directory.isEmpty()) {
      throw new CommandException("no plans are kept: " + problem, "");
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory.get())) {
      stream.forEach(files::add);
    } catch (IOException e) {
      throw new CommandException("cannot list " + Printable.quote(directory.get().toString()), "");
    }
    Collections.sort(files);
    return files;
  }
}
