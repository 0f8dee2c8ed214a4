package dev.hexe.policy.exposure;

import dev.hexe.policy.api.host.HostTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that make git run programs in a project: see {@code gitrepository-layout(5)}. A linked
 * worktree and a submodule have a file {@code .git} that names the directory, which may name
 * another one for what they share.
 */
final class GitDirectory {
  private static final String POINTER = "gitdir: ";

  private final LiveContext here;

  GitDirectory(LiveContext here) {
    this.here = here;
  }

  /** Of the project in which the working directory lies; empty outside of one. */
  List<String> places() {
    for (String at = here.cwd(); !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      HostTree.Kind kind = here.view().look(at + "/.git").kind();
      if (kind == HostTree.Kind.DIRECTORY) {
        return in(at + "/.git");
      }
      if (kind == HostTree.Kind.FILE) {
        return linked(at);
      }
    }
    return List.of();
  }

  private List<String> linked(String project) {
    String pointer = project + "/.git";
    Stream<String> behind =
        firstLine(pointer)
            .filter(line -> line.startsWith(POINTER))
            .map(line -> resolved(project, line.substring(POINTER.length())))
            .stream()
            .flatMap(directory -> in(directory).stream());
    return Stream.concat(Stream.of(pointer), behind).toList();
  }

  private List<String> in(String directory) {
    String common =
        firstLine(directory + "/commondir")
            .map(line -> resolved(directory, line))
            .orElse(directory);
    return Stream.of(
            common + "/hooks",
            common + "/config",
            directory + "/config.worktree",
            directory + "/commondir")
        .toList();
  }

  private Optional<String> firstLine(String file) {
    return here.view().read(file).flatMap(text -> text.lines().findFirst()).map(String::strip);
  }

  private static String resolved(String directory, String path) {
    return Path.of(directory).resolve(path).normalize().toString();
  }
}
