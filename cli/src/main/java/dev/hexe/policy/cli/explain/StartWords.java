package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.profile.Resource;
import dev.hexe.policy.api.profile.Startup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The start of a command, as profiles write it. */
final class StartWords {
  private StartWords() {}

  /** What differs from the usual start; empty where nothing does. */
  static String of(Startup startup) {
    List<String> words = new ArrayList<>();
    Optional.ofNullable(startup.directory()).ifPresent(path -> words.add("cwd: " + path));
    Optional.ofNullable(startup.argv0()).ifPresent(name -> words.add("argv0: " + name));
    startup.umask().ifPresent(mask -> words.add("umask: %03o".formatted(mask)));
    startup.nice().ifPresent(value -> words.add("nice: " + value));
    if (!startup.passedDescriptors().isEmpty()) {
      words.add(
          startup.passedDescriptors().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", ", "pass-fds: [", "]")));
    }
    if (startup.endsWithCaller()) {
      words.add("die-with-parent: true");
    }
    if (!startup.resources().isEmpty()) {
      words.add(
          startup.resources().entrySet().stream()
              .map(limit -> limit.getKey().label() + ": " + value(limit.getKey(), limit.getValue()))
              .collect(Collectors.joining(", ", "rlimits: {", "}")));
    }
    return String.join(", ", words);
  }

  private static String value(Resource resource, long limit) {
    if (limit == Resource.UNLIMITED) {
      return "max";
    }
    return switch (resource) {
      case NOFILE -> Long.toString(limit);
      case CPU -> limit + "s";
      case FSIZE, STACK, CORE, AS -> ProfileValue.size(limit);
    };
  }
}
