package dev.hexe.policy.conformance.harness;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The ways in which a promise is enforced, each by the strictest profile that is shipped for it.
 */
public enum Design {
  NAMESPACES("namespaces", "full", "--backend=namespaces"),
  LANDLOCK("Landlock alone", "isolated", ""),
  BOTH("both", "full", ""),

  /** As both, and of the files one project alone can be written. */
  PROJECT("one project", "agent", "");

  /** The first version of Landlock that keeps sandboxes from processes and sockets outside. */
  private static final int SCOPES = 6;

  private final String words;
  private final String profile;
  private final String option;

  Design(String words, String profile, String option) {
    this.words = words;
    this.profile = profile;
    this.option = option;
  }

  /** A sandbox of this design, where this host can have it. */
  public Sandbox as(User user) {
    return as(user, profile);
  }

  /** The same under another profile, which extends {@link #profile()}. */
  public Sandbox as(User user, String name) {
    Requires.user(user);
    if (this != LANDLOCK) {
      Requires.namespaces(user);
    }
    if (this != NAMESPACES) {
      Requires.landlock(SCOPES);
    }
    Sandbox sandbox = Sandbox.profile(name).as(user);
    return option.isEmpty() ? sandbox : sandbox.with(option);
  }

  /** The shipped profile that is enforced so. */
  public String profile() {
    return profile;
  }

  /** Whether files are absent that are not listed. */
  public boolean hasNewRoot() {
    return this != LANDLOCK;
  }

  /** Every design that starts anywhere, for every user. */
  public static Stream<Arguments> cells() {
    return withProject().filter(cell -> cell.get()[0] != PROJECT);
  }

  /** Every design for every user. */
  public static Stream<Arguments> withProject() {
    return Arrays.stream(values())
        .flatMap(design -> Arrays.stream(User.values()).map(user -> Arguments.of(design, user)));
  }

  @Override
  public String toString() {
    return words;
  }
}
