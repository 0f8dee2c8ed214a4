package dev.hexe.policy.cli.nextrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The directories in which the caller finds programs, each once. */
final class SearchPath {
  /** For whom no program matters: the directories are not looked at. */
  static final SearchPath NOWHERE = new SearchPath(List.of());

  private final List<Path> directories;

  private SearchPath(List<Path> directories) {
    this.directories = directories;
  }

  /** That of an environment. What is relative to a working directory is left out. */
  static SearchPath of(Map<String, String> environment) {
    return new SearchPath(elements(environment).map(SearchPath::withoutLinks).distinct().toList());
  }

  /** Its elements as they are written. */
  static Stream<Path> elements(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", "").split(":"))
        .filter(element -> element.startsWith("/"))
        .map(Path::of);
  }

  /** The system's directories have several names, one of which is enough. */
  private static Path withoutLinks(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      return directory; // it may be made later
    }
  }

  /** Everywhere a program of that name could be. */
  Stream<Path> places(String name) {
    return directories.stream().map(directory -> directory.resolve(name));
  }

  /** True where one is there. */
  boolean has(String name) {
    return places(name).anyMatch(place -> Files.isRegularFile(place) && Files.isExecutable(place));
  }
}
