package dev.hexe.policy.profiles.project;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.context.Project;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The git directory of a linked worktree or a submodule, which lies outside of the project. It is
 * handed over where it leads back to the project: a command could have made the file {@code .git}
 * that leads there, but nothing in a directory that is out of its reach.
 */
public final class GitDirectories {
  private static final String POINTER = "gitdir:";
  private static final long LONGEST_CONFIGURATION = 1 << 20;

  private final Settings settings;
  private final Project project;

  public GitDirectories(Settings settings, Project project) {
    this.settings = settings;
    this.project = project;
  }

  /** Lists it for writing, if the project is listed so; says what is left out. */
  public Optional<String> add() {
    if (!project.isUsed()) {
      return Optional.empty();
    }
    Path top = project.top();
    Path file = top.resolve(".git");
    Optional<Said<PathRule>> listed =
        settings.items(Keys.WRITE).stream()
            .filter(said -> said.value().path().equals(top.toString()))
            .findFirst();
    String line = Project.firstLine(file);
    if (listed.isEmpty() || !line.startsWith(POINTER)) {
      return Optional.empty();
    }
    Optional<Path> directory = real(top, line.substring(POINTER.length()));
    if (directory.filter(it -> !it.startsWith(top)).isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> common = common(file, directory.get());
    common.ifPresent(
        path ->
            settings.add(
                Keys.WRITE,
                new Said<>(
                    PathRule.of(path.toString()),
                    YamlText.scalar(path.toString()),
                    listed.get().origin())));
    return common.isPresent() ? Optional.empty() : Optional.of(leftOut(file, directory.get()));
  }

  private static String leftOut(Path file, Path directory) {
    return "%s leads to %s, which does not lead back: it is left out, and git does not work inside; `--write %s` hands it over"
        .formatted(Quotes.quote(file.toString()), Quotes.quote(directory.toString()), directory);
  }

  private Optional<Path> common(Path file, Path directory) {
    return ofWorktree(file, directory).or(() -> ofSubmodule(file, directory));
  }

  /** What worktrees share: {@code COMMON/worktrees/NAME} leads back by its file {@code gitdir}. */
  private Optional<Path> ofWorktree(Path file, Path directory) {
    Path back = project.examine(directory.resolve("gitdir"));
    Path shared = project.examine(directory.resolve("commondir"));
    boolean leadsBack =
        real(directory, Project.firstLine(back)).filter(real(file)::equals).isPresent();
    return real(directory, Project.firstLine(shared))
        .filter(common -> leadsBack && directory.startsWith(common.resolve("worktrees")))
        .filter(GitDirectories::isRepository);
  }

  /** A submodule's own, which leads back by {@code core.worktree}. */
  private Optional<Path> ofSubmodule(Path file, Path directory) {
    Path top = file.resolveSibling(".").normalize();
    return worktree(project.examine(directory.resolve("config")))
        .flatMap(text -> real(directory, text))
        .filter(real(top)::equals)
        .filter(any -> isRepository(directory))
        .map(any -> directory);
  }

  private static Optional<String> worktree(Path configuration) {
    return Project.lines(configuration, LONGEST_CONFIGURATION)
        .map(String::strip)
        .filter(line -> line.matches("worktree\\s*=.*"))
        .map(line -> line.replaceFirst("worktree\\s*=\\s*", "").replace("\"", ""))
        .reduce((first, second) -> second);
  }

  private static boolean isRepository(Path directory) {
    return Files.exists(directory.resolve("HEAD"))
        && Files.isDirectory(directory.resolve("objects"))
        && Files.isDirectory(directory.resolve("refs"));
  }

  private static Optional<Path> real(Path from, String text) {
    try {
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(from.resolve(text.strip()).toRealPath());
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
