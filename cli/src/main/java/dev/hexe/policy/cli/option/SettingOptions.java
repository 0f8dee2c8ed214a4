package dev.hexe.policy.cli.option;

import dev.hexe.policy.profiles.override.EnvironmentOptions;
import dev.hexe.policy.profiles.override.ListedPathOptions;
import dev.hexe.policy.profiles.override.MountEntryOptions;
import dev.hexe.policy.profiles.override.ProtectedPathOptions;
import dev.hexe.policy.profiles.setting.LimitSettings;
import dev.hexe.policy.profiles.setting.SettingOption;
import dev.hexe.policy.profiles.setting.SettingOption.Arity;
import dev.hexe.policy.profiles.setting.StartSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that are rows of a table, for both readers of arguments. */
public final class SettingOptions {
  private static final Map<String, SettingOption> BY_NAME = new HashMap<>();

  static {
    Stream.of(
            ListedPathOptions.ALL,
            ProtectedPathOptions.ALL,
            EnvironmentOptions.ALL,
            MountEntryOptions.ALL,
            StartSettings.OPTIONS,
            LimitSettings.OPTIONS)
        .flatMap(List::stream)
        .forEach(option -> BY_NAME.put(option.name(), option));
  }

  private SettingOptions() {}

  /** Adds some of them to a command. */
  static CommandSpec add(List<SettingOption> options, CommandSpec spec) {
    options.forEach(option -> spec.addOption(spec(option)));
    return spec;
  }

  private static OptionSpec spec(SettingOption option) {
    return switch (option.arity()) {
      case FLAG -> Options.flag(option.description(), option.name());
      case SINGLE -> Options.value(option.name(), option.label(), option.description());
      case REPEATED -> Options.values(option.name(), option.label(), option.description());
    };
  }

  /** How often an option is given; null where it is none of these. */
  static @Nullable Arity arity(String name) {
    SettingOption option = BY_NAME.get(name);
    return option == null ? null : option.arity();
  }

  /** The words of those that were given. */
  static Map<String, List<String>> read(ParsedArguments given) {
    Map<String, List<String>> words = new HashMap<>();
    BY_NAME.forEach(
        (name, option) -> {
          if (given.has(name)) {
            words.put(name, words(option, given));
          }
        });
    return words;
  }

  private static List<String> words(SettingOption option, ParsedArguments given) {
    return switch (option.arity()) {
      case FLAG -> List.of("");
      case SINGLE -> given.text(option.name()).stream().toList();
      case REPEATED -> given.texts(option.name());
    };
  }
}
