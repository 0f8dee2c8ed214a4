package dev.hexe.policy.profiles.override;

import java.util.List;
import java.util.Optional;

/**
 * The options on files kept from the command, its environment and its ids, as the user wrote it.
 *
 * @param protect paths of {@code --protect}, or {@code default}
 * @param hide paths of {@code --hide}, or {@code default}
 * @param gitConfig {@code --git-config}
 * @param clearEnvironment {@code --clearenv}
 * @param keep names of {@code --keepenv}
 * @param unset names of {@code --unsetenv}
 * @param set variables of {@code --setenv}, as {@code NAME=VALUE}
 * @param identity {@code --identity}
 */
public record ProtectedPathOverrides(
    List<String> protect,
    List<String> hide,
    boolean gitConfig,
    boolean clearEnvironment,
    List<String> keep,
    List<String> unset,
    List<String> set,
    Optional<String> identity) {
  /** Nothing is said. */
  public static final ProtectedPathOverrides NONE =
      new ProtectedPathOverrides(
          List.of(), List.of(), false, false, List.of(), List.of(), List.of(), Optional.empty());

  /** Copies the lists. */
  public ProtectedPathOverrides {
    protect = List.copyOf(protect);
    hide = List.copyOf(hide);
    keep = List.copyOf(keep);
    unset = List.copyOf(unset);
    set = List.copyOf(set);
  }
}
