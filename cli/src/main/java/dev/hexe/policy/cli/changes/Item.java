package dev.hexe.policy.cli.changes;

import dev.hexe.policy.cli.changes.Change.Kind;
import dev.hexe.policy.cli.changes.Change.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that are shown as one: a directory that came or went with all that is in it, or git's own
 * data.
 *
 * @param title where it is, for people
 * @param kind what has become of it
 * @param members all changes in it
 */
public record Item(String title, Kind kind, List<Change> members) {
  private static final String GIT = ".git";

  /** Copies the list. */
  public Item {
    members = List.copyOf(members);
  }

  /** All of them, in their order. What is executed later is shown by itself. */
  public static List<Item> of(List<Change> changes, ExecutedLater marks) {
    Map<String, List<Change>> groups = new LinkedHashMap<>();
    List<Change> tops = new ArrayList<>();
    changes.stream()
        .filter(change -> change.isDirectory() && change.state() == State.CLEAN)
        .filter(change -> change.kind() == Kind.ADD || change.kind() == Kind.REMOVE)
        .filter(change -> tops.stream().noneMatch(top -> isIn(change, top)))
        .forEach(
            change -> {
              tops.removeIf(top -> isIn(top, change));
              tops.add(change);
            });
    for (Change change : changes) {
      groups.computeIfAbsent(key(change, tops, marks), any -> new ArrayList<>()).add(change);
    }
    return groups.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())).toList();
  }

  private static Item of(String key, List<Change> members) {
    String title = key.substring(key.indexOf(' ') + 1);
    boolean one = members.size() == 1;
    boolean git = title.endsWith("/" + GIT + "/");
    return new Item(title, git && !one ? Kind.EDIT : members.get(0).kind(), members);
  }

  /** The same for all that are shown together; behind the blank its title. */
  private static String key(Change change, List<Change> tops, ExecutedLater marks) {
    boolean marked = marks.reason(change).isPresent();
    if (change.state() != State.CLEAN) {
      return "! " + change.place();
    }
    if (isGits(change) && !marked) {
      return "git " + change.tree().shown() + "/" + GIT + "/";
    }
    for (Change top : tops) {
      boolean inDependencies = top.path().isAtOrBelow(new Name("node_modules"));
      if (isIn(change, top) && (!marked || inDependencies || change.kind() == Kind.REMOVE)) {
        return top.kind() + " " + top.place() + "/";
      }
    }
    return change.kind() + " " + change.place();
  }

  /** Whether it is a part of a repository's own data. */
  static boolean isGits(Change change) {
    return change.path().escaped().startsWith(GIT + "/");
  }

  private static boolean isIn(Change change, Change top) {
    return change.tree().equals(top.tree())
        && change.kind() == top.kind()
        && change.path().isAtOrBelow(top.path());
  }

  /** Whether it can be carried over. */
  public boolean isClean() {
    return members.stream().allMatch(change -> change.state() == State.CLEAN);
  }

  /** Bytes of the files in it that are new. */
  public long bytes() {
    return members.stream().filter(Change::isFile).mapToLong(Change::sizeAfter).sum();
  }

  /** How many files and symlinks are in it. */
  public long files() {
    return members.stream().filter(change -> !change.isDirectory()).count();
  }
}
