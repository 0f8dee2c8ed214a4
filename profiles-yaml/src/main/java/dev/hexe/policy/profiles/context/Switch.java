package dev.hexe.policy.profiles.context;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.Map;

/** An environment variable that turns something on. */
public final class Switch {
  private Switch() {}

  /**
   * Whether the variable is on; missing and empty are off.
   *
   * @throws ProfileException where the value is neither on nor off
   */
  public static boolean isOn(Map<String, String> environment, String variable) {
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
