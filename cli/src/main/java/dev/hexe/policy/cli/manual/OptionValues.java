package dev.hexe.policy.cli.manual;

import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.api.profile.Resource;
import dev.hexe.policy.cli.selection.BackendSelection;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.profiles.key.Words;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** The words that options take as values, from where those words are defined. */
final class OptionValues {
  /** Stands for the names of profiles, which shells look up. */
  static final String PROFILES = "@profiles";

  private static final List<String> OF_PROFILES = List.of("PROFILE", "BASE");
  private static final List<String> UNLIMITED = List.of("max");

  private OptionValues() {}

  /** Those of one option; none where it takes something else, such as a path. */
  static List<String> of(OptionSpec option) {
    if (OF_PROFILES.contains(option.paramLabel())) {
      return List.of(PROFILES);
    }
    return switch (option.longestName()) {
      case "--identity" -> List.copyOf(Words.IDENTITIES.keySet());
      case "--network" -> and(Words.NETWORKS.keySet(), "allow");
      case "--on-deny" -> List.copyOf(Words.ON_DENY.keySet());
      case "--backend" ->
          Arrays.stream(BackendSelection.values())
              .map(design -> design.name().toLowerCase(Locale.ROOT))
              .toList();
      case "--cap-add" -> capabilities();
      case "--cap-drop" -> and(capabilities(), "ALL");
      case "--rlimit" ->
          Arrays.stream(Resource.values()).map(resource -> resource.label() + "=").toList();
      case "--memory", "--pids", "--cpu", "--time" -> UNLIMITED;
      case "--protect", "--hide" -> List.of("default");
      case "--from" -> option.paramLabel().equals("KIND") ? Kind.words() : List.of();
      default -> List.of();
    };
  }

  private static List<String> capabilities() {
    return Arrays.stream(Capability.values()).map(Capability::label).toList();
  }

  private static List<String> and(Collection<String> words, String other) {
    return Stream.concat(words.stream(), Stream.of(other)).toList();
  }
}
