package dev.hexe.policy.cli.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.cli.author.Schemas;
import dev.hexe.policy.cli.command.Commands;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.override.KnownVariables;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Manual pages, completions and schemas have every command, option, key and variable there is. */
class ManualTest {
  private static final CommandSpec PROGRAM = Commands.all();
  private static final Map<String, String> PAGES = new ManualPages(PROGRAM, "1").all();
  private static final Map<String, String> COMPLETIONS =
      new Completions(PROGRAM, Profiles.builtInNames()).all();

  private static final Pattern WORD = Pattern.compile("`([a-z]+)`");

  static Stream<String> commands() {
    return PROGRAM.subcommands().keySet().stream().filter(name -> !name.equals("help"));
  }

  private static List<OptionSpec> options(String command) {
    return Objects.requireNonNull(PROGRAM.subcommands().get(command)).getCommandSpec().options();
  }

  private static String page(String name) {
    return Objects.requireNonNull(PAGES.get(name + ".1"), name);
  }

  private static String completion(String shell) {
    return COMPLETIONS.entrySet().stream()
        .filter(file -> file.getKey().startsWith(shell))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void thePageOfACommandHasItsOptions(String command) {
    String page = page("hexe-policy-" + command);
    each(command, option -> Stream.of(option.names()))
        .forEach(name -> assertTrue(page.contains(name.replace("-", "\\-")), name + page));
    assertTrue(page("hexe-policy").contains("hexe\\-policy\\-" + command + "(1)"));
  }

  /** An option whose help names the words that it takes has them offered. */
  @ParameterizedTest
  @MethodSource("commands")
  void wordsThatHelpNamesAreOffered(String command) {
    for (OptionSpec option : options(command)) {
      List<String> named =
          WORD.matcher(String.join(" ", option.description()))
              .results()
              .map(word -> word.group(1))
              .toList();
      if (option.arity().max() > 0 && named.size() > 1) {
        List<String> offered = OptionValues.of(option);
        assertTrue(offered.containsAll(named), option.longestName() + named + offered);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shellsCompleteTheOptionsOfACommand(String command) {
    for (String shell : List.of("bash", "zsh")) {
      String line =
          completion(shell)
              .lines()
              .filter(it -> it.startsWith("    " + command + ") echo '"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(command + " for " + shell));
      each(command, ManualTest::words)
          .forEach(word -> assertTrue(line.matches(".*[' ]" + word + "[' ].*"), word + line));
    }
    String fish = completion("fish");
    each(command, option -> Stream.of(option.longestName().substring(2)))
        .forEach(
            name ->
                assertTrue(
                    fish.contains("'__hexe_policy_in " + command + "' -l " + name + " "), name));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsHiddenIsNotOffered(String command) {
    options(command).stream()
        .filter(OptionSpec::hidden)
        .forEach(
            option ->
                COMPLETIONS.forEach(
                    (file, text) -> assertFalse(text.contains(option.longestName()), file)));
  }

  private static Stream<String> words(OptionSpec option) {
    return Stream.of(option.names())
        .filter(name -> name.startsWith("--"))
        .map(name -> option.arity().max() == 0 ? name : name + "=");
  }

  private static Stream<String> each(
      String command, Function<OptionSpec, Stream<String>> property) {
    return options(command).stream().filter(option -> !option.hidden()).flatMap(property);
  }

  @Test
  void everyPageHasTheVariables() {
    for (String name : KnownVariables.names()) {
      PAGES.forEach((page, text) -> assertTrue(text.contains(name), name + " in " + page));
    }
  }

  @Test
  void theSchemaHasTheKeysOfTheReader() {
    JsonObject schema =
        JsonParser.parseString(
                Objects.requireNonNull(Schemas.all().get("hexe-policy/schema/profile.schema.json")))
            .getAsJsonObject();
    TreeSet<String> expected = new TreeSet<>();
    ProfileKeys.all().stream().map(Key::path).forEach(expected::add);
    TreeSet<String> missing = new TreeSet<>(expected);
    missing.removeIf(path -> has(schema, path));
    assertEquals(new TreeSet<>(), missing);
  }

  private static boolean has(JsonObject schema, String path) {
    JsonObject here = schema;
    for (String name : path.split("\\.", -1)) {
      JsonObject properties = here.getAsJsonObject("properties");
      if (properties == null || !properties.has(name)) {
        return false;
      }
      here = properties.getAsJsonObject(name);
    }
    return true;
  }
}
