package dev.hexe.policy.cli.explain;

import static java.util.stream.Collectors.joining;

import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.profiles.setting.StartSettings;

/** The start of a command, as profiles write it. */
final class StartWords {
  private StartWords() {}

  /** What differs from the usual start; empty where nothing does. */
  static String of(Startup startup) {
    return StartSettings.ROWS.stream()
        .flatMap(row -> row.words().apply(startup).stream().map(words -> row.name() + ": " + words))
        .collect(joining(", "));
  }
}
