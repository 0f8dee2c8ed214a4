package dev.hexe.policy.profiles.override;

import dev.hexe.policy.profiles.context.Switch;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment variables that are ours, so that one with a slip is no wish in vain. */
public final class KnownVariables {
  private static final String OURS = "HEXE_";

  private static final List<String> NAMES =
      List.of(
          "HEXE_VOIDBOX_PROFILE",
          "HEXE_POD_ISOLATE",
          "HEXE_POD_ISOLATE_USERNS",
          "HEXE_CGROUP_MEM_MAX",
          "HEXE_CGROUP_PIDS_MAX",
          "HEXE_CGROUP_CPU_MAX",
          "HEXE_JAVA_HOME",
          "HEXE_DEBUG",
          "HEXE_HINTS");

  /** The launcher reads these, and takes what is neither on nor off for what it was without. */
  private static final List<String> SWITCHES_OF_LAUNCHER = List.of("HEXE_DEBUG", "HEXE_HINTS");

  private static final List<String> FAMILIES =
      List.of("HEXE_VOIDBOX_", "HEXE_POD_", "HEXE_CGROUP_");

  private KnownVariables() {}

  /** The names of all. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Refuses what can only be meant for this program. Of others that begin as ours do it says that
   * they mean nothing here.
   *
   * @throws ProfileException where one is misspelt, or has a value that it cannot have
   */
  public static List<String> remarks(Map<String, String> environment) {
    SWITCHES_OF_LAUNCHER.forEach(name -> Switch.isOn(environment, name));
    return environment.entrySet().stream()
        .filter(variable -> !variable.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .filter(name -> name.startsWith(OURS) && !NAMES.contains(name))
        .sorted()
        .map(KnownVariables::remark)
        .toList();
  }

  private static String remark(String name) {
    Optional<String> near = Nearest.to(name, NAMES);
    if (near.isPresent() || FAMILIES.stream().anyMatch(name::startsWith)) {
      throw new ProfileException(
          "unknown environment variable " + Quotes.quote(name),
          near.map(other -> "did you mean " + Quotes.quote(other) + "?")
              .orElse("known: " + Quotes.quote(NAMES)));
    }
    return "environment variable " + Quotes.quote(name) + " means nothing to hexe-policy";
  }
}
