package dev.hexe.policy.profiles;

import java.util.Map;

/** An environment variable that turns something on. */
final class Switch {
  private Switch() {}

  /**
   * Whether the variable is on; missing and empty are off.
   *
   * @throws ProfileException where the value is neither on nor off
   */
  static boolean isOn(Map<String, String> environment, String variable) {
    String value = environment.getOrDefault(variable, "");
    return switch (value) {
      case "1", "true" -> true;
      case "", "0", "false" -> false;
      default ->
          throw new ProfileException(
              Quotes.quote(value) + " is not a value of " + Quotes.quote(variable),
              "accepted: `1`, `true`, `0`, `false`, or nothing");
    };
  }
}
