package dev.hexe.policy.conformance.harness;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A cell of the table's head: a profile, and who uses it. */
public record Setting(Shipped profile, User user) {
  /** All shipped profiles, for all users. */
  public static Stream<Setting> all() {
    return of(Arrays.asList(Shipped.values()));
  }

  /** The profiles with a root of their own, for all users. */
  public static Stream<Setting> withNewRoot() {
    return of(Shipped.withNewRoot());
  }

  /** The least and the most strict of the profiles with a root of their own, for all users. */
  public static Stream<Setting> extremes() {
    return of(Shipped.BALANCED, Shipped.FULL);
  }

  /** These profiles, for all users. */
  public static Stream<Setting> of(Shipped... profiles) {
    return of(List.of(profiles));
  }

  private static Stream<Setting> of(Collection<Shipped> profiles) {
    return profiles.stream()
        .flatMap(profile -> Arrays.stream(User.values()).map(user -> new Setting(profile, user)));
  }

  public Sandbox sandbox() {
    return profile.as(user);
  }

  /** What is seen inside, looked at once. */
  public Snapshot inside() {
    return Snapshot.of(this);
  }

  @Override
  public String toString() {
    return profile + " as " + user;
  }
}
