package dev.hexe.policy.profiles.override;

import dev.hexe.policy.profiles.setting.SettingOption;
import java.util.List;
import java.util.Map;

/**
 * Additions of the command line to a profile. Values are as the user wrote them.
 *
 * @param read paths of {@code --read}, which must exist
 * @param write paths of {@code --write}, which must exist
 * @param safeguards what is kept from the command, its environment and its ids
 * @param options the words of each {@link SettingOption}, by its name; an empty one for a flag
 * @param network what is reached over the network
 */
public record Overrides(
    List<String> read,
    List<String> write,
    ProtectedPathOverrides safeguards,
    Map<String, List<String>> options,
    NetworkOverrides network) {
  /** Nothing is added. */
  public static final Overrides NONE = of(Map.of());

  /** Copies the lists. */
  public Overrides {
    read = List.copyOf(read);
    write = List.copyOf(write);
    options = Map.copyOf(options);
  }

  /** What options say that are rows of a table. */
  public static Overrides of(Map<String, List<String>> options) {
    return new Overrides(
        List.of(), List.of(), ProtectedPathOverrides.NONE, options, NetworkOverrides.NONE);
  }

  /** The same with other safeguards. */
  public Overrides with(ProtectedPathOverrides others) {
    return new Overrides(read, write, others, options, network);
  }

  /** The same with another network. */
  public Overrides with(NetworkOverrides other) {
    return new Overrides(read, write, safeguards, options, other);
  }
}
