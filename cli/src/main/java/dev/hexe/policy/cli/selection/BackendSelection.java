package dev.hexe.policy.cli.selection;

import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.engine.Backends;
import java.util.Optional;

/**
 * One of the two designs, chosen instead of whatever is strongest. Limits and privileges go with
 * both.
 */
public enum BackendSelection {
  LANDLOCK("namespaces"),
  NAMESPACES("landlock");

  private final String other;

  BackendSelection(String other) {
    this.other = other;
  }

  /** The backend that takes no part in it. */
  String other() {
    return other;
  }

  /** Why something may be out of reach that was not even looked for. */
  public String absence() {
    return "`--backend=%s` leaves out the backend `%s`".formatted(Words.of(this), other);
  }

  /** All backends but the other design's. */
  public Backends of(Backends backends) {
    return new Backends(
        backends.all().stream().filter(backend -> !backend.id().equals(other)).toList());
  }

  /**
   * The design of this name.
   *
   * @throws CommandException where there is none
   */
  public static BackendSelection named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new CommandException(
                    "unknown backend " + Printable.quote(name) + " for `--backend`",
                    "accepted: `landlock`, `namespaces`"));
  }

  private static Optional<BackendSelection> find(String name) {
    for (BackendSelection design : values()) {
      if (Words.of(design).equals(name)) {
        return Optional.of(design);
      }
    }
    return Optional.empty();
  }
}
