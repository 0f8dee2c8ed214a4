package dev.hexe.policy.cli.author;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.Set;

/**
 * A path that a profile lists.
 *
 * @param said how
 * @param path absolute, without quotes
 */
record Listed(Statement said, String path) {
  private static final Set<String> READ = Set.of("files.read", "files.read-if-present");
  private static final Set<String> WRITE = Set.of("files.write", "files.write-if-present");
  private static final Set<String> LIST = Set.of("files.list", "files.list-if-present");
  private static final String HIDE = "hide";
  private static final String PROTECT = "protect";

  /** All paths there are among statements. */
  static List<Listed> among(List<Statement> statements) {
    return statements.stream()
        .map(said -> new Listed(said, YamlText.text(said.value())))
        .filter(listed -> listed.path.startsWith("/"))
        .filter(listed -> listed.said.key().startsWith("files.") || listed.isKept())
        .toList();
  }

  boolean isRead() {
    return READ.contains(said.key());
  }

  boolean isWritten() {
    return WRITE.contains(said.key());
  }

  boolean isHidden() {
    return said.key().equals(HIDE);
  }

  /** Whether it is protected or hidden. */
  boolean isKept() {
    return isHidden() || said.key().equals(PROTECT);
  }

  /** Whether it brings something of the host into the sandbox. */
  boolean isBrought() {
    return isRead() || isWritten() || LIST.contains(said.key());
  }

  /** Whether everything that is listed here is allowed by another list as well. */
  boolean isAllowedBy(Listed other) {
    boolean same =
        (isRead() && other.isRead())
            || (isWritten() && other.isWritten())
            || (LIST.contains(said.key()) && (other.isRead() || other.isWritten()))
            || (isHidden() && other.isHidden());
    return same && isBelow(other);
  }

  /** Whether it lies in the tree of another one. */
  boolean isBelow(Listed other) {
    return PathRule.isBelow(path, other.path);
  }

  /** As a profile says it. */
  String text() {
    return said.key() + ": " + path;
  }
}
