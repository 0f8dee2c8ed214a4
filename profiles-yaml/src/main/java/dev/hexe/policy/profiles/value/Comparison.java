package dev.hexe.policy.profiles.value;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Comparisons as conditions write them: {@code >=6.2}, {@code <16G}. */
public final class Comparison {
  private static final Pattern FORM = Pattern.compile("(>=|<=|>|<|=) *([0-9].*)");
  private static final Map<String, IntPredicate> SIGNS =
      Map.of(
          ">=", sign -> sign >= 0,
          "<=", sign -> sign <= 0,
          ">", sign -> sign > 0,
          "<", sign -> sign < 0,
          "=", sign -> sign == 0);

  private Comparison() {}

  /**
   * Whether a number of the host compares as {@code text} says.
   *
   * @throws ProfileException where the text is no comparison
   */
  public static boolean ofNumber(long actual, String text, Function<String, Long> parser) {
    Matcher matcher = matcher(text);
    return holds(matcher, Long.compare(actual, parser.apply(matcher.group(2))));
  }

  /** The same for versions, of which those parts count that are written. */
  public static boolean ofVersion(String actual, String text) {
    Matcher matcher = matcher(text);
    if (!matcher.group(2).matches("[0-9]{1,6}(\\.[0-9]{1,6}){0,3}")) {
      throw bad(text);
    }
    List<Integer> wanted = parts(matcher.group(2));
    List<Integer> had = parts(actual.replaceFirst("[^0-9.].*", ""));
    return holds(matcher, compare(had, wanted));
  }

  private static int compare(List<Integer> had, List<Integer> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      int part = i < had.size() ? had.get(i) : 0;
      int sign = Comparator.<Integer>naturalOrder().compare(part, wanted.get(i));
      if (sign != 0) {
        return sign;
      }
    }
    return 0;
  }

  private static List<Integer> parts(String version) {
    return Stream.of(version.split("\\.", -1))
        .filter(part -> !part.isEmpty())
        .map(Integer::parseInt)
        .toList();
  }

  private static boolean holds(Matcher matcher, int sign) {
    return SIGNS.getOrDefault(matcher.group(1), any -> false).test(sign);
  }

  private static Matcher matcher(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw bad(text);
    }
    return matcher;
  }

  private static ProfileException bad(String text) {
    return new ProfileException(
        Quotes.quote(text) + " is not a comparison",
        "accepted: `>=`, `>`, `<=`, `<` or `=` and a number, as in `>=6.2` or `<16G`");
  }
}
