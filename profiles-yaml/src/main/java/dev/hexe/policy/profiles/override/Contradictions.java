package dev.hexe.policy.profiles.override;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Options of one command line that say two things of one setting. The order in which they were
 * given is not looked at: one would win in silence.
 */
final class Contradictions {
  private static final List<Pair> PAIRS =
      List.of(
          new Pair("--setenv", "--unsetenv", Contradictions::variable),
          new Pair("--keepenv", "--unsetenv", Function.identity()),
          new Pair("--setenv", "--setenv", Contradictions::variable),
          new Pair("--rlimit", "--rlimit", Contradictions::variable),
          new Pair("--tmp", "--tmp", size -> ""),
          new Pair("--shm", "--shm", size -> ""),
          new Pair("--cap-add", "--cap-drop", Contradictions::capability));

  private Contradictions() {}

  /** Two options, and what of their values says what they are about. */
  private record Pair(String one, String other, Function<String, String> subject) {
    void refuse(Map<String, List<String>> options) {
      for (String word : options.getOrDefault(one, List.of())) {
        for (String against : options.getOrDefault(other, List.of())) {
          boolean equal = one.equals(other) && word.equals(against);
          if (!equal && subject.apply(word).equals(subject.apply(against))) {
            throw new ProfileException(
                Quotes.quote(one + " " + word)
                    + " and "
                    + Quotes.quote(other + " " + against)
                    + " contradict each other",
                "leave one of them out");
          }
        }
      }
    }
  }

  /**
   * Looks for the first.
   *
   * @throws ProfileException where there is one
   */
  static void refuse(Overrides overrides) {
    PAIRS.forEach(pair -> pair.refuse(overrides.options()));
  }

  private static String variable(String word) {
    int sign = word.indexOf('=');
    return sign < 0 ? word : word.substring(0, sign);
  }

  private static String capability(String word) {
    String name = word.toUpperCase(Locale.ROOT);
    return name.startsWith("CAP_") ? name.substring("CAP_".length()) : name;
  }
}
