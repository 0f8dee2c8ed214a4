package dev.hexe.policy.profiles.override;

import java.util.List;
import java.util.Optional;

/**
 * The network that the command line chooses, as the user wrote it.
 *
 * @param mode {@code --network}
 * @param allow {@code --allow}
 * @param deny {@code --deny}
 * @param publish {@code --publish}
 * @param onDeny {@code --on-deny}
 */
public record NetworkOverrides(
    Optional<String> mode,
    List<String> allow,
    List<String> deny,
    List<String> publish,
    Optional<String> onDeny) {
  /** Nothing is said. */
  public static final NetworkOverrides NONE =
      new NetworkOverrides(Optional.empty(), List.of(), List.of(), List.of(), Optional.empty());

  /** Copies the lists. */
  public NetworkOverrides {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    publish = List.copyOf(publish);
  }
}
