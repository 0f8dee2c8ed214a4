package dev.hexe.policy.cli.learn;

import dev.hexe.policy.cli.why.Observed;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the directories that a command opened, for what lies in them, and then did without:
 * runtimes list each directory in which a module could be. Only a run that was allowed to open them
 * shows that; of one that was refused nobody knows what would have followed.
 */
final class ListedAlone {
  private static final String READ = "read";

  private final Predicate<String> isDirectory;
  private final Set<String> used;

  /** Of what was observed in one run; {@code isDirectory} says of a path what is there. */
  ListedAlone(List<Observed> observed, Predicate<String> isDirectory) {
    this.isDirectory = isDirectory;
    used =
        observed.stream()
            .flatMap(it -> Stream.of(it.path(), it.second()))
            .filter(path -> path.startsWith("/") && !isDirectory.test(path))
            .map(Generalization::parent)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether this was such an opening. */
  boolean has(Observed it) {
    return it.hasWorked()
        && it.want().equals(READ)
        && !used.contains(it.path())
        && isDirectory.test(it.path());
  }
}
