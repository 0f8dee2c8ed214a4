package dev.hexe.policy.verification.environment;

import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.PathRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The paths that a profile lists, as they are here. */
public final class ListedPaths {
  private final FileAccess files;
  private final Path workingDirectory;

  public ListedPaths(FileAccess files, Path workingDirectory) {
    this.files = files;
    this.workingDirectory = workingDirectory;
  }

  public List<Path> read() {
    List<Path> writable = write();
    return paths(files.read()).filter(path -> !writable.contains(path)).toList();
  }

  public List<Path> write() {
    return paths(files.write()).toList();
  }

  public List<Path> list() {
    return paths(files.list()).toList();
  }

  /** Whether something at {@code path} may be opened, or is the sandbox's own. */
  public boolean opens(Path path) {
    boolean own = files.tmp().isPrivate() && path.startsWith("/tmp");
    return own || all().anyMatch(path::startsWith);
  }

  /** Whether the entries of a directory may be listed: that holds for those below as well. */
  public boolean lists(Path directory) {
    return opens(directory) || list().stream().anyMatch(directory::startsWith);
  }

  /** Whether {@code path} leads to something that may be opened. */
  public boolean leadsTo(Path path) {
    return all().anyMatch(listed -> listed.startsWith(path));
  }

  /** How many entries a directory of the sandbox's own has, for what is listed or put below it. */
  public long entries(Path directory) {
    Stream<Path> put = files.fixtures().all().stream().map(fixture -> path(fixture.path()));
    return Stream.of(all(), paths(files.list()), put)
        .flatMap(paths -> paths)
        .filter(path -> path.startsWith(directory) && !path.equals(directory))
        .filter(path -> Files.exists(path) || isPut(path))
        .map(path -> path.getName(directory.getNameCount()))
        .distinct()
        .count();
  }

  private boolean isPut(Path path) {
    return files.fixtures().all().stream().anyMatch(fixture -> path(fixture.path()).equals(path));
  }

  private Stream<Path> all() {
    return Stream.concat(paths(files.read()), paths(files.write()));
  }

  private Stream<Path> paths(List<PathRule> rules) {
    return rules.stream().map(this::path).distinct();
  }

  private Path path(PathRule rule) {
    return path(rule.path());
  }

  private Path path(String path) {
    return path.equals(PathRule.CWD) ? workingDirectory : Path.of(path);
  }
}
