package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.api.profile.Terminal;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.value.StartFormats;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start of a command. */
class StartTest {
  @TempDir Path root;

  private Profile load(String text, Overrides options) {
    Surroundings surroundings = new Surroundings(root).write("work/p.yaml", text);
    return surroundings.profiles().load("p.yaml", options);
  }

  private static Overrides options(String mask, String... flags) {
    Map<String, List<String>> options =
        new HashMap<>(
            Map.of(
                "--umask", List.of(mask),
                "--chdir", List.of("/srv/../opt"),
                "--pass-fd", List.of("4")));
    List.of(flags).forEach(flag -> options.put(flag, List.of("")));
    return Overrides.of(options);
  }

  @Test
  void profilesSayEverything() {
    Profile profile =
        load(
            """
            processes: {pid: 1}
            start: {cwd: /srv, argv0: -sh, umask: 027, nice: 19, pass-fds: [3, 5]}
            """,
            Overrides.NONE);
    assertEquals(
        new Startup("-sh", OptionalInt.of(027), OptionalInt.of(19), "/srv", List.of(3, 5), true),
        profile.startup());
    assertFalse(profile.separation().inPlace());
  }

  @Test
  void whatIsNotSaidIsAsUsual() {
    assertEquals(Startup.USUAL, load("summary: x", Overrides.NONE).startup());
    assertEquals(Startup.USUAL, load("start: {cwd: '${CWD}'}", Overrides.NONE).startup());
  }

  @Test
  void optionsCountOverTheFile() {
    Profile profile =
        load(
            "start: {umask: 022, pass-fds: [3]}\nprocesses: {pid: kept}\nterminal: safe",
            options("077", "--as-pid-1", "--no-pty"));
    assertEquals(
        new Startup(null, OptionalInt.of(077), OptionalInt.empty(), "/opt", List.of(3, 4), true),
        profile.startup());
    assertFalse(profile.separation().inPlace());
    assertEquals(Terminal.SHARED, profile.separation().terminal());
  }

  @Test
  void withoutPtyAnUnsafeTerminalStaysWhatItIs() {
    assertEquals(
        Terminal.HOST, load("terminal: host", options("022", "--no-pty")).separation().terminal());
    assertEquals(
        Terminal.SHARED, load("terminal: safe-no-pty", Overrides.NONE).separation().terminal());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "22, 18", "022, 18", "0027, 23", "777, 511"})
  void masksAreOctal(String text, int mask) {
    assertEquals(OptionalInt.of(mask), StartFormats.umask(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "0o22", "1777", "-1", "u=rwx", " 22"})
  void otherMasksAreRefused(String text) {
    assertThrows(ProfileException.class, () -> StartFormats.umask(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "20", "1.5", "05"})
  void nothingIsMadeLessNice(String text) {
    ProfileException e = assertThrows(ProfileException.class, () -> StartFormats.nice(text));
    assertTrue(e.help().contains("0 to 19"), e.help());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "2", "-1", "03", "99999999", "stdin"})
  void standardDescriptorsAreNotPassedOnTwice(String text) {
    assertThrows(ProfileException.class, () -> StartFormats.descriptor(text));
  }
}
