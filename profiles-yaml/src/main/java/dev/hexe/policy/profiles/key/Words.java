package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.network.NetworkAccess.Logging;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.profile.Terminal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words that values are written with, in the order in which messages list them. */
public final class Words {
  private static final long NOBODY = 65534;

  static final Map<String, Unlisted> UNLISTED =
      ordered(
          List.of("allowed", "denied", "absent"),
          List.of(Unlisted.ALLOWED, Unlisted.DENIED, Unlisted.ABSENT));

  public static final Map<String, Identity> IDENTITIES =
      ordered(
          List.of("host", "self", "root", "nobody", "subordinate"),
          List.of(
              Identity.HOST,
              Identity.SELF,
              Identity.ROOT,
              Identity.ids(NOBODY, NOBODY),
              Identity.SUBORDINATE));

  public static final Map<String, NetworkChoice> NETWORKS =
      ordered(List.of("host", "none"), List.of(NetworkChoice.HOST, NetworkChoice.NONE));

  public static final Map<String, Boolean> ON_DENY = either("refuse", "ask");

  static final Map<String, Logging> LOGGING =
      ordered(
          List.of("none", "decisions", "connections"),
          List.of(Logging.NONE, Logging.DECISIONS, Logging.CONNECTIONS));

  static final Map<String, Terminal> TERMINALS =
      ordered(
          List.of("host", "safe", "safe-no-pty"),
          List.of(Terminal.HOST, Terminal.SAFE, Terminal.SHARED));

  static final Map<String, Demand> DEMANDS =
      ordered(List.of("required", "preferred"), List.of(Demand.REQUIRED, Demand.PREFERRED));

  public static final Map<String, Strength> STRENGTHS =
      ordered(
          List.of("full", "partial", "advisory"),
          List.of(Strength.FULL, Strength.PARTIAL, Strength.ADVISORY));

  private Words() {}

  /** One word for no and one for yes. */
  public static Map<String, Boolean> either(String no, String yes) {
    return ordered(List.of(no, yes), List.of(false, true));
  }

  private static <T> Map<String, T> ordered(List<String> words, List<T> meanings) {
    Map<String, T> map = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      map.put(words.get(i), meanings.get(i));
    }
    return Collections.unmodifiableMap(map);
  }
}
