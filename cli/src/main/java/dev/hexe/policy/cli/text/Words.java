package dev.hexe.policy.cli.text;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Strength;
import java.util.List;
import java.util.Locale;

/** The names of things in output. */
public final class Words {
  private Words() {}

  /** A constant as users know it. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How firmly something is wanted, as in profiles. */
  public static String of(Demand demand) {
    String required = demand.required() ? "required" : "preferred";
    return demand.atLeast() == Strength.FULL ? required : required + ": " + of(demand.atLeast());
  }

  /** A sign for how strongly something is enforced. */
  public static String mark(Strength strength) {
    return switch (strength) {
      case FULL -> "✓";
      case PARTIAL, ADVISORY -> "~";
      case NONE -> "✗";
    };
  }

  /** A list as it is read aloud. */
  public static String and(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  /** A number and what there are so many of. */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
