package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Projects that would have their git hooks installed, as at {@code npm install}, where these are
 * protected. The kernel answers that the file system is read-only, and nobody sees the attempt.
 */
final class HookManagers {
  private static final Path HOOKS = Path.of(".git/hooks");

  /** Settings of lefthook, pre-commit, simple-git-hooks, CaptainHook, Overcommit and GrumPHP. */
  private static final List<String> SETTINGS =
      List.of(
          "lefthook.yml",
          "lefthook.yaml",
          "lefthook.toml",
          "lefthook.json",
          ".lefthook.yml",
          ".lefthook.yaml",
          ".lefthook.toml",
          ".lefthook.json",
          ".pre-commit-config.yaml",
          ".pre-commit-config.yml",
          ".simple-git-hooks.json",
          ".simple-git-hooks.js",
          ".simple-git-hooks.cjs",
          "simple-git-hooks.json",
          "simple-git-hooks.js",
          "simple-git-hooks.cjs",
          "captainhook.json",
          ".overcommit.yml",
          "grumphp.yml");

  private HookManagers() {}

  /** A line for each such project around the working directory. */
  static List<String> lines(Profile profile, Path workingDirectory) {
    return profile.protectedPaths().stream()
        .flatMap(path -> path.places(workingDirectory).stream())
        .map(Path::of)
        .filter(hooks -> hooks.endsWith(HOOKS))
        .distinct()
        .filter(hooks -> Files.isDirectory(hooks) && !isInstalled(hooks))
        .flatMap(hooks -> line(hooks, workingDirectory))
        .toList();
  }

  private static Stream<String> line(Path hooks, Path workingDirectory) {
    Path top = hooks.resolve("../..").normalize();
    Optional<Path> settings =
        SETTINGS.stream().map(top::resolve).filter(Files::isRegularFile).findFirst();
    Path named = hooks.startsWith(workingDirectory) ? workingDirectory.relativize(hooks) : hooks;
    return settings.stream()
        .map(
            file ->
                "hexe-policy: `%s` asks for git hooks, and what installs them here fails: git runs them outside, so they are protected; `--write %s` lets one run do it"
                    .formatted(
                        Printable.text(file.getFileName().toString()),
                        Printable.text(named.toString())));
  }

  /** Whether there are any but git's own samples. What cannot be read is no reason for a word. */
  private static boolean isInstalled(Path hooks) {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(hooks, it -> !it.toString().endsWith(".sample"))) {
      return found.iterator().hasNext();
    } catch (IOException e) {
      return true;
    }
  }
}
