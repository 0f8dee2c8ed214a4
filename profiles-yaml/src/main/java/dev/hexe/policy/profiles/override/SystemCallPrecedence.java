package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.SystemCalls.Wish;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Meeting;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import java.util.List;

/**
 * Refuses an entry that allows system calls of which a denial leaves nothing: the strictest counts,
 * so it would have no effect. A denial that is said later takes back what was allowed before.
 */
public final class SystemCallPrecedence {
  private final Settings settings;

  private SystemCallPrecedence(Settings settings) {
    this.settings = settings;
  }

  /**
   * Looks for the first.
   *
   * @throws dev.hexe.policy.profiles.yaml.ProfileException where there is one
   */
  public static void settle(Settings settings) {
    SystemCallPrecedence precedence = new SystemCallPrecedence(settings);
    settings.items(Keys.ALLOWED_CALLS).forEach(precedence::allowed);
    precedence.denied(settings.items(Keys.DENIED_CALLS));
  }

  /** Two reactions to the same calls, said together. */
  private void denied(List<Said<Wish>> all) {
    for (int i = 0; i < all.size(); i++) {
      for (Said<Wish> other : all.subList(i + 1, all.size())) {
        Said<Wish> one = all.get(i);
        if (one.origin().layer() == other.origin().layer() && differ(one.value(), other.value())) {
          throw new Meeting(Keys.DENIED_CALLS, one, Keys.DENIED_CALLS, other, true).contradiction();
        }
      }
    }
  }

  private static boolean differ(Wish one, Wish other) {
    return !one.reaction().equals(other.reaction())
        && one.names().equals(other.names())
        && one.comparisons().equals(other.comparisons());
  }

  private void allowed(Said<Wish> allowed) {
    for (Said<Wish> denied : settings.items(Keys.DENIED_CALLS)) {
      if (!isLater(denied, allowed) && covers(denied.value(), allowed.value())) {
        throw new Meeting(Keys.DENIED_CALLS, denied, Keys.ALLOWED_CALLS, allowed, true)
            .contradiction();
      }
    }
    for (Said<String> denied : settings.items(Keys.DENIED_SYSTEM_CALLS)) {
      boolean all = allowed.value().names().equals(List.of(denied.value()));
      if (all && !isLater(denied, allowed)) {
        throw new Meeting(Keys.DENIED_SYSTEM_CALLS, denied, Keys.ALLOWED_CALLS, allowed, true)
            .contradiction();
      }
    }
  }

  private static boolean isLater(Said<?> denied, Said<?> allowed) {
    return denied.origin().layer() > allowed.origin().layer();
  }

  private static boolean covers(Wish denied, Wish allowed) {
    return denied.comparisons().isEmpty() && denied.names().containsAll(allowed.names());
  }
}
