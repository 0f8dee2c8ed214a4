package dev.hexe.policy.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.profiles.override.MountEntryOptions;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.setting.LimitSettings;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import dev.hexe.policy.profiles.setting.Setting;
import dev.hexe.policy.profiles.setting.SettingOption;
import dev.hexe.policy.profiles.setting.StartSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/** The rows of settings and options. */
class SettingOptionsTest {
  private static final CommandSpec SPEC =
      ReportOptions.addTo(SelectionOptions.addTo(Options.command("apply", "apply", "")));

  static Stream<SettingOption> rows() {
    return Stream.of(MountEntryOptions.ALL, StartSettings.OPTIONS, LimitSettings.OPTIONS)
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void bothReadersUnderstandEach(SettingOption row) {
    boolean flag = row.arity() == SettingOption.Arity.FLAG;
    List<String> arguments = List.of(flag ? row.name() : row.name() + "=x");
    Selection plain = PlainArguments.read(arguments).orElseThrow();
    assertEquals(SelectionOptions.read(Arguments.parse(SPEC, arguments)), plain);
    assertEquals(Set.of(row.name()), plain.overrides().options().keySet());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void onlyRepeatedOnesAreTakenTwice(SettingOption row) {
    boolean flag = row.arity() == SettingOption.Arity.FLAG;
    String argument = flag ? row.name() : row.name() + "=x";
    Optional<Selection> twice = PlainArguments.read(List.of(argument, argument));
    assertEquals(row.arity() == SettingOption.Arity.REPEATED, twice.isPresent());
  }

  @Test
  void eachHasANameOfItsOwn() {
    List<String> names = rows().map(SettingOption::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @Test
  void eachOptionOfTheStartIsApplied() {
    assertEquals(Set.copyOf(StartSettings.OPTIONS), Set.copyOf(StartSettings.applied()));
  }

  @Test
  void eachRowIsAKeyOfAProfile() {
    Set<Key<?>> rows =
        StartSettings.ROWS.stream().<Key<?>>map(Setting::key).collect(Collectors.toSet());
    assertTrue(ProfileKeys.ALL.containsAll(rows));
    assertTrue(rows.containsAll(StartSettings.KEYS), "a key that goes nowhere in the model");
  }
}
