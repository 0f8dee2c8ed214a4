package dev.hexe.policy.cli.changes;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The difference of a change's two sides, by git where it is there, for it shows moved lines best.
 */
public final class TextDiff {
  private static final int CONTEXT = 3;
  private static final String HUNK = "@@";

  private final ExecutedLater marks = new ExecutedLater();
  private final Texts texts;
  private final Path record;
  private final Optional<Path> git;

  /**
   * For the changes of one run.
   *
   * @param searchPath where git is looked for
   */
  public TextDiff(KeptRun run, String searchPath) {
    record = run.directory();
    texts = new Texts(record);
    git =
        Arrays.stream(searchPath.split(":", -1))
            .filter(element -> element.startsWith("/"))
            .map(element -> Path.of(element, "git"))
            .filter(Files::isExecutable)
            .findFirst();
  }

  /** The lines, with a head of two; a sentence where there is no text to be compared. */
  public List<String> lines(Change change) {
    String place = change.place();
    boolean none = change.isDirectory() || change.isLink() || change.kind() == Change.Kind.TIME;
    if (none || (Item.isGits(change) && marks.reason(change).isEmpty())) {
      return List.of();
    }
    Optional<String> before = texts.before(change);
    Optional<String> after = texts.after(change);
    if (before.isEmpty() || after.isEmpty()) {
      return List.of("binary or large files differ: " + place);
    }
    List<String> hunks = hunks(before.get(), after.get());
    if (hunks.isEmpty()) {
      return List.of();
    }
    return Stream.concat(
            Stream.of(
                "--- " + (change.hadFile() ? place : "/dev/null"),
                "+++ " + (change.kind() == Change.Kind.REMOVE ? "/dev/null" : place)),
            hunks.stream())
        .toList();
  }

  private List<String> hunks(String before, String after) {
    return git.flatMap(program -> byGit(program, before, after))
        .orElseGet(() -> own(before, after));
  }

  private static List<String> own(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(
            "a", "b", old, DiffUtils.diff(old, after.lines().toList()), CONTEXT);
    return lines.stream().skip(2).toList();
  }

  /** On copies in a directory of our own: no name, link or configuration of the project counts. */
  private Optional<List<String>> byGit(Path program, String before, String after) {
    try {
      Path place = Files.createTempDirectory(record, "diff");
      try {
        Path one = Files.writeString(place.resolve("a"), before);
        Path other = Files.writeString(place.resolve("b"), after);
        return Optional.of(run(program, place, one, other));
      } finally {
        for (String name : List.of("a", "b", "out", "")) {
          Files.deleteIfExists(place.resolve(name));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<String> run(Path program, Path place, Path one, Path other)
      throws IOException {
    Path out = place.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toString(),
                "diff",
                "--no-index",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--text",
                "--unified=" + CONTEXT,
                "--",
                String.valueOf(one.getFileName()),
                String.valueOf(other.getFileName()))
            .directory(place.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("HOME", place.toString());
    environment.put("XDG_CONFIG_HOME", place.toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CEILING_DIRECTORIES", String.valueOf(place.getParent()));
    Process process = builder.start();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() > 1) {
        throw new IOException("git does not compare");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    List<String> hunks = new ArrayList<>();
    String text = Files.readString(out, StandardCharsets.UTF_8);
    for (String line : text.substring(0, Math.max(0, text.length() - 1)).split("\n", -1)) {
      if (line.startsWith(HUNK) || !hunks.isEmpty()) {
        hunks.add(line);
      }
    }
    return hunks;
  }
}
