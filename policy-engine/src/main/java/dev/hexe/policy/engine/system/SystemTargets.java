package dev.hexe.policy.engine.system;

import java.util.List;

/**
 * The targets of the symlinks of the system.
 *
 * @param links those that were followed
 * @param warnings a line for each that leads to what is not granted
 */
public record SystemTargets(List<FollowedLink> links, List<String> warnings) {
  /** Nothing leads out of what the profile lists. */
  public static final SystemTargets NONE = new SystemTargets(List.of(), List.of());

  /** Copies the lists. */
  public SystemTargets {
    links = List.copyOf(links);
    warnings = List.copyOf(warnings);
  }
}
