package dev.hexe.policy.exposure;

import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths.Group;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Environment variables that speak of secrets. Their values are never looked at. */
public final class SecretNames {
  private SecretNames() {}

  /** Those that the command gets. */
  static Stream<Exposure> find(LiveContext here, Environment environment) {
    Group secret = ShippedProtectedPaths.read().secretVariables();
    List<String> names =
        here.environment().keySet().stream()
            .filter(environment::passes)
            .filter(name -> isOne(name, secret))
            .sorted()
            .toList();
    return names.isEmpty() ? Stream.of() : Stream.of(Exposure.of(Kind.SECRET_ENVIRONMENT, names));
  }

  /** Whether the value of a variable had better not be shown. */
  public static boolean isOne(String name) {
    return isOne(name, ShippedProtectedPaths.read().secretVariables());
  }

  private static boolean isOne(String name, Group secret) {
    String upper = name.toUpperCase(Locale.ROOT);
    return !Environment.matches(secret.exceptions(), upper)
        && Environment.matches(secret.items(), upper);
  }
}
