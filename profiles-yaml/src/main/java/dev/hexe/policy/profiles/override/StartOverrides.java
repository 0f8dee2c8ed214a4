package dev.hexe.policy.profiles.override;

import java.util.List;
import java.util.Optional;

/**
 * The options on the start of the command, as the user wrote it.
 *
 * @param argv0 {@code --argv0}
 * @param umask {@code --umask}
 * @param nice {@code --nice}
 * @param directory {@code --chdir}
 * @param descriptors numbers of {@code --pass-fd}
 * @param asPid1 {@code --as-pid-1}
 * @param noPty {@code --no-pty}
 * @param nesting {@code --nesting}
 * @param dieWithParent {@code --die-with-parent}
 * @param filters numbers of {@code --seccomp}
 * @param locks paths of {@code --lock-file}
 * @param freshCaches {@code --fresh-caches}
 */
public record StartOverrides(
    Optional<String> argv0,
    Optional<String> umask,
    Optional<String> nice,
    Optional<String> directory,
    List<String> descriptors,
    boolean asPid1,
    boolean noPty,
    boolean nesting,
    boolean dieWithParent,
    List<String> filters,
    List<String> locks,
    boolean freshCaches) {
  /** Nothing is said. */
  public static final StartOverrides NONE =
      new StartOverrides(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          false,
          false,
          false,
          false,
          List.of(),
          List.of(),
          false);

  /** Copies the list. */
  public StartOverrides {
    descriptors = List.copyOf(descriptors);
    filters = List.copyOf(filters);
    locks = List.copyOf(locks);
  }
}
