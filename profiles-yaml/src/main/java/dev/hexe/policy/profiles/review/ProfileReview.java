package dev.hexe.policy.profiles.review;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Statement;
import java.util.List;
import java.util.Set;

/**
 * A profile as its author sees it: what its own file says, beside what it would be without that.
 *
 * @param file what messages call it
 * @param extended whether it starts from another profile
 * @param own what its file says on this host, single values and items of lists, in the order of the
 *     keys
 * @param inherited what the profiles say that it extends
 * @param items what the lists of its file have, as it is written
 * @param repeated items that stand in their list twice
 * @param impossible conditions that hold on no host
 * @param lists the keys that have a list
 * @param replaced those whose list takes the place of what is inherited
 */
public record ProfileReview(
    String file,
    boolean extended,
    List<Statement> own,
    List<Statement> inherited,
    List<Statement> items,
    List<Statement> repeated,
    List<Origin> impossible,
    Set<String> lists,
    Set<String> replaced) {
  /** Copies the lists. */
  public ProfileReview {
    own = List.copyOf(own);
    inherited = List.copyOf(inherited);
    items = List.copyOf(items);
    repeated = List.copyOf(repeated);
    impossible = List.copyOf(impossible);
    lists = Set.copyOf(lists);
    replaced = Set.copyOf(replaced);
  }

  /** What its author has said of a key. */
  public List<Statement> own(String key) {
    return own.stream().filter(said -> said.key().equals(key)).toList();
  }
}
