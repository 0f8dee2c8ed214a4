package dev.hexe.policy.cli.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completions for bash, zsh and fish, by the name of their file. Names of profiles are looked up
 * when somebody presses Tab, in the folders where profiles lie: no JVM is started for that.
 */
final class Completions {
  private final CommandSpec program;
  private final List<String> profiles;

  Completions(CommandSpec program, List<String> builtInProfiles) {
    this.program = program;
    this.profiles = builtInProfiles;
  }

  Map<String, String> all() {
    return new TreeMap<>(
        Map.of(
            "bash-completion/completions/hexe-policy", Templates.fill("bash", values()),
            "zsh/site-functions/_hexe-policy", Templates.fill("zsh", values()),
            "fish/vendor_completions.d/hexe-policy.fish", fish()));
  }

  private Map<String, String> values() {
    return Map.of(
        "commands", String.join(" ", program.subcommands().keySet()),
        "profiles", String.join(" ", profiles),
        "with-profile", String.join("|", commandsWith("PROFILE")),
        "options", optionCases(),
        "values", valueCases());
  }

  private List<String> commandsWith(String label) {
    return program.subcommands().entrySet().stream()
        .filter(
            entry ->
                entry.getValue().getCommandSpec().positionalParameters().stream()
                    .anyMatch(word -> word.paramLabel().equals(label)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** For each command the options it has; one with a value ends in an equals sign. */
  private String optionCases() {
    return program.subcommands().entrySet().stream()
        .map(
            entry ->
                "    "
                    + entry.getKey()
                    + ") echo '"
                    + shown(entry.getValue().getCommandSpec())
                        .flatMap(option -> words(option).stream())
                        .collect(Collectors.joining(" "))
                    + "' ;;")
        .collect(Collectors.joining("\n"));
  }

  /** For each list of words the options that take one, behind their command. */
  private String valueCases() {
    Map<String, List<String>> options = new LinkedHashMap<>();
    program
        .subcommands()
        .forEach(
            (command, line) ->
                shown(line.getCommandSpec())
                    .filter(option -> !OptionValues.of(option).isEmpty())
                    .forEach(
                        option ->
                            options
                                .computeIfAbsent(
                                    String.join(" ", OptionValues.of(option)),
                                    any -> new ArrayList<>())
                                .add(command + ":" + option.longestName())));
    return options.entrySet().stream()
        .map(entry -> "    " + String.join("|", entry.getValue()) + ") " + echo(entry.getKey()))
        .collect(Collectors.joining("\n"));
  }

  private static String echo(String words) {
    return words.equals(OptionValues.PROFILES)
        ? "_hexe_policy_profile_names ;;"
        : "echo '" + words + "' ;;";
  }

  private static Stream<OptionSpec> shown(CommandSpec command) {
    return command.options().stream().filter(option -> !option.hidden());
  }

  private static List<String> words(OptionSpec option) {
    return Arrays.stream(option.names())
        .filter(name -> name.startsWith("--"))
        .map(name -> option.arity().max() == 0 ? name : name + "=")
        .toList();
  }

  private String fish() {
    StringBuilder lines = new StringBuilder(Templates.fill("fish", values()));
    program
        .subcommands()
        .forEach(
            (command, line) ->
                shown(line.getCommandSpec())
                    .forEach(option -> lines.append(fishOption(command, option))));
    return lines.toString();
  }

  private static String fishOption(String command, OptionSpec option) {
    String longest = option.longestName();
    return "complete -c hexe-policy -n '__hexe_policy_in %s' -l %s%s -d '%s'%n"
        .formatted(
            command,
            longest.substring(2),
            option.arity().max() == 0 ? "" : " -r" + fishValues(OptionValues.of(option)),
            String.join(" ", option.description())
                .replace("%%", "%")
                .replace("\\", "\\\\")
                .replace("'", "\\'"));
  }

  /** Files are offered as well where paths are taken. */
  private static String fishValues(List<String> words) {
    if (words.isEmpty()) {
      return "";
    }
    return words.contains(OptionValues.PROFILES)
        ? " -a '(__hexe_policy_profiles)'"
        : (words.contains("default") ? "" : " -f") + " -a '" + String.join(" ", words) + "'";
  }
}
