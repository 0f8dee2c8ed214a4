package dev.hexe.policy.profiles.override;

import dev.hexe.policy.profiles.setting.SettingOption;
import java.util.List;
import java.util.Map;

/**
 * Additions of the command line to a profile. Values are as the user wrote them.
 *
 * @param options the words of each {@link SettingOption}, by its name; an empty one for a flag
 * @param network what is reached over the network
 */
public record Overrides(Map<String, List<String>> options, NetworkOverrides network) {
  /** Nothing is added. */
  public static final Overrides NONE = of(Map.of());

  /** Copies the map. */
  public Overrides {
    options = Map.copyOf(options);
  }

  /** What options say that are rows of a table. */
  public static Overrides of(Map<String, List<String>> options) {
    return new Overrides(options, NetworkOverrides.NONE);
  }

  /** The same with another network. */
  public Overrides with(NetworkOverrides other) {
    return new Overrides(options, other);
  }
}
