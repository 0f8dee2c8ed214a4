package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that the system's settings of ssh include, see {@code ssh_config(5)}: ssh ends where
 * one of them belongs neither to root nor to who runs it.
 */
final class SshSettings {
  private static final String DIRECTORY = "/etc/ssh/";
  private static final String MAIN = DIRECTORY + "ssh_config";

  /** As many levels as ssh reads. */
  private static final int DEEPEST = 16;

  private final HostTree tree;
  private final Set<String> found = new LinkedHashSet<>();

  SshSettings(HostTree tree) {
    this.tree = tree;
  }

  /** Paths of files, perhaps through symlinks, in the order in which ssh reads them. */
  List<String> checkedFiles() {
    read(MAIN, 0);
    return List.copyOf(found);
  }

  private void read(String file, int depth) {
    if (depth == DEEPEST) {
      return;
    }
    tree.text(file).stream()
        .flatMap(String::lines)
        .flatMap(SshSettings::included)
        .flatMap(this::files)
        .filter(found::add)
        .toList()
        .forEach(path -> read(path, depth + 1));
  }

  /** The patterns of a line, which may have an equals sign and quotes. */
  private static Stream<String> included(String line) {
    String[] words = line.strip().split("[ \t=]+");
    boolean includes = words[0].toLowerCase(Locale.ROOT).equals("include");
    return includes
        ? Arrays.stream(words).skip(1).map(word -> word.replace("\"", ""))
        : Stream.empty();
  }

  /** Without the `~` of a user's own settings, which has no meaning in the system's. */
  private Stream<String> files(String pattern) {
    String path = pattern.startsWith("/") ? pattern : DIRECTORY + pattern;
    int slash = path.lastIndexOf('/');
    String directory = path.substring(0, slash);
    if (directory.indexOf('*') >= 0 || pattern.startsWith("~")) {
      return Stream.empty();
    }
    if (path.indexOf('*') < 0 && path.indexOf('?') < 0) {
      return Stream.of(path);
    }
    PathMatcher names =
        FileSystems.getDefault().getPathMatcher("glob:" + path.substring(slash + 1));
    return tree.namesIn(directory).stream()
        .filter(name -> !name.startsWith(".") && names.matches(Path.of(name)))
        .map(name -> directory + "/" + name);
  }
}
