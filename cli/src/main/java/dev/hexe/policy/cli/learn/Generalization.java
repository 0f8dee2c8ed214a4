package dev.hexe.policy.cli.learn;

import dev.hexe.policy.api.profile.PathRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts a directory in the place of more than so many entries of it. */
public final class Generalization {
  private final int most;
  private final Predicate<Grant> grantable;

  /** At most {@code most} entries of a directory stay; 0: all do. */
  public Generalization(int most, Predicate<Grant> grantable) {
    this.most = most;
    this.grantable = grantable;
  }

  /** The same grants, or fewer and wider ones. */
  public List<Grant> of(List<Grant> grants) {
    List<Grant> all = withoutCovered(grants);
    for (Optional<Grant> wider = wider(all); wider.isPresent(); wider = wider(all)) {
      all.add(wider.get());
      all = withoutCovered(all);
    }
    return all;
  }

  /**
   * The deepest one first, so that no more is granted than has to be. To list a directory does not
   * list those in it, so nothing takes the place of such entries.
   */
  private Optional<Grant> wider(List<Grant> all) {
    if (most == 0) {
      return Optional.empty();
    }
    Map<Grant, Integer> counts = new LinkedHashMap<>();
    all.stream()
        .filter(it -> it.place().isOfPaths() && it.place() != Place.LIST)
        .forEach(
            it -> counts.merge(new Grant(it.place(), parent(it.value()), ""), 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(it -> it.getValue() > most)
        .map(Map.Entry::getKey)
        .filter(grantable)
        .max((one, other) -> Integer.compare(one.value().length(), other.value().length()))
        .map(it -> new Grant(it.place(), it.value(), by(it, all)));
  }

  private static String by(Grant directory, List<Grant> all) {
    return all.stream()
        .filter(it -> it.place() == directory.place())
        .filter(it -> parent(it.value()).equals(directory.value()))
        .map(Grant::by)
        .findFirst()
        .orElse("");
  }

  /** Without those that another one includes: a tree holds what is in it, and writing reading. */
  static List<Grant> withoutCovered(List<Grant> grants) {
    List<Grant> all = new ArrayList<>();
    for (Grant grant : grants) {
      boolean covered =
          grants.stream().anyMatch(it -> covers(it, grant)) || all.stream().anyMatch(grant::isAs);
      if (!covered) {
        all.add(grant);
      }
    }
    return all;
  }

  private static boolean covers(Grant tree, Grant grant) {
    if (!tree.place().isOfPaths() || !grant.place().isOfPaths() || tree.place() == Place.LIST) {
      return false;
    }
    boolean wider = tree.place().compareTo(grant.place()) >= 0;
    return wider && !tree.isAs(grant) && PathRule.isIn(grant.value(), tree.value());
  }

  static String parent(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }
}
