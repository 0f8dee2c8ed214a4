package dev.hexe.policy.profiles.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.Surroundings;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.library.ProfileSelection.Choice;
import dev.hexe.policy.profiles.override.Overrides;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of a site and a user in {@code config.yaml}. */
class ConfigurationTest {
  @TempDir Path root;
  private Surroundings files;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void surround() {
    files = new Surroundings(root);
  }

  private Profiles profiles() {
    List<Path> searchPath = List.of(root.resolve("user/profiles"), root.resolve("site/profiles"));
    return new Profiles(context(searchPath));
  }

  private ProfileContext context(List<Path> searchPath) {
    return new ProfileContext(
        root.resolve("home"), "ada", root.resolve("work"), environment, searchPath);
  }

  private String chosen(String command) {
    return profiles().choose(List.of(), Optional.of(command)).profile();
  }

  @Test
  void theUsersDefaultCountsOverTheSites() {
    assertEquals("default", chosen("make"));
    files.write("site/config.yaml", "default: sandbox\n");
    assertEquals("sandbox", chosen("make"));
    files.write("user/config.yaml", "default: full\n");
    assertEquals("full", chosen("make"));
  }

  @Test
  void whatTheUsersRulesCountOverIsKnown() {
    files
        .write("user/config.yaml", "commands: {npm: full, 'pip*': isolated}\n")
        .write(
            "site/config.yaml", "commands: {npm: none, 'npm*': none, 'pip3*': none, yarn: none}\n");
    List<String> counted =
        Configuration.file(root.resolve("user/config.yaml"), context(List.of()))
            .commands()
            .shadowed(
                Configuration.file(root.resolve("site/config.yaml"), context(List.of())).commands())
            .keySet()
            .stream()
            .map(CommandRules.Rule::program)
            .toList();
    assertEquals(List.of("npm", "pip3*"), counted);
  }

  @Test
  void aProgramsProfileCountsOverAnyDefault() {
    files
        .write("site/config.yaml", "commands: {npm: full, 'pip*': isolated, pip3: sandbox}\n")
        .write("user/config.yaml", "default: minimal\n");
    assertEquals("full", chosen("npm"));
    assertEquals("full", chosen("/usr/bin/npm"));
    assertEquals("isolated", chosen("pip"));
    assertEquals("sandbox", chosen("pip3"));
    assertEquals("minimal", chosen("npmx"));
  }

  @Test
  void whatIsSaidAndTheEnvironmentCountOverFiles() {
    files.write("user/config.yaml", "default: full\ncommands: {npm: none}\n");
    Profiles profiles = profiles();
    Choice said = new Choice("profile", "sandbox");
    assertEquals("sandbox", profiles.choose(List.of(said), Optional.of("npm")).profile());
    assertFalse(profiles.usedCommand());
    environment.put("HEXE_VOIDBOX_PROFILE", "isolated");
    assertEquals("isolated", chosen("npm"));
  }

  @Test
  void aPlanIsForOneCommandWhereCommandsAreConfigured() {
    files.write("user/config.yaml", "commands: {npm: full}\n");
    Profiles profiles = profiles();
    assertEquals("default", profiles.choose(List.of(), Optional.of("make")).profile());
    assertTrue(profiles.usedCommand());
  }

  @Test
  void aPathIsTakenFromTheFileThatSaysIt() {
    files.write("user/config.yaml", "default: ./mine.yaml\n");
    assertEquals(root.resolve("user/mine.yaml").toString(), chosen("make"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default: sandbocks | 1:10 | make",
        "default: full\\ncommands:\\n  \"np*\": sandbocks | 3:10 | npm",
        "commands: {npm: sandbocks} | 1:17 | /usr/bin/npm"
      })
  void aProfileThatIsNotThereIsAMistakeWhereItIsConfigured(
      String text, String place, String command) {
    files.write("user/config.yaml", text.replace("\\n", "\n") + "\n");
    Profiles profiles = profiles();
    Choice choice = profiles.choose(List.of(), Optional.of(command));
    String told = files.failure(() -> profiles.resolve(choice, Overrides.NONE, false));
    String expected = "/ROOT/user/config.yaml:" + place + ": unknown profile `sandbocks`";
    assertTrue(told.startsWith(expected), told);
  }

  @Test
  void limitsCountOverShippedProfilesAndUnderOthers() {
    files
        .write("site/config.yaml", "limits: {pids: 100, memory: 2G}\n")
        .write("user/config.yaml", "limits: {pids: 200}\n")
        .write("user/profiles/mine.yaml", "extends: isolated\nlimits: {memory: 1M}\n");
    Profile shipped = profiles().load("isolated");
    assertEquals(OptionalLong.of(200), shipped.limits().pids());
    assertEquals(OptionalLong.of(2L << 30), shipped.limits().memory());
    assertEquals(OptionalLong.of(1 << 20), profiles().load("mine").limits().memory());
    assertEquals(OptionalLong.of(200), profiles().load("mine").limits().pids());
    environment.put("HEXE_CGROUP_PIDS_MAX", "7");
    assertEquals(OptionalLong.of(7), profiles().load("isolated").limits().pids());
  }

  @Test
  void ownSetsAreNamedAsShippedOnesAre() {
    files
        .write("site/config.yaml", "sets: {corp: [git.example.org:443, '*.example.com']}\n")
        .write("user/profiles/mine.yaml", "extends: full\nnetwork: {allow: ['@corp', '@pypi']}\n");
    List<String> allowed =
        profiles().load("mine").separation().network().allow().stream()
            .map(destination -> destination.text())
            .toList();
    assertEquals(List.of("git.example.org:443", "*.example.com"), allowed.subList(0, 2));
    assertTrue(allowed.size() > 2);
  }

  @ParameterizedTest
  @CsvSource({
    "'floats: {a: {profile: full, command: []}}', ':1:38: `command` names no program'",
    "'floats: {a: {profile: full, command: \" \"}}', ':1:38: `command` names no program'",
    "'floats: {a: {profile: full, size: \"101,1\"}}', ':1:35: `101,1` is not a size'",
    "'sets: {corp: []}', ':1:14: the set `@corp` lists no destination'",
  })
  void whatSaysNothingIsToldWithItsPlace(String yaml, String mistake) {
    files.write("user/config.yaml", yaml);
    String told = files.failure(() -> profiles().load("full"));
    assertTrue(told.contains(mistake), told);
  }

  @Test
  void mistakesAreAllTold() {
    files.write(
        "user/config.yaml",
        "defalt: full\nlimits: {memory: 2GB}\ncommands: {/bin/npm: full}\nsets: {github: [a.example], Corp: []}\n");
    assertEquals(
        """
        /ROOT/user/config.yaml:1:1: unknown key `defalt`
            defalt: full
            ^^^^^^
          help: did you mean `default`?
        /ROOT/user/config.yaml:2:18: `2GB` is not a memory limit
            limits: {memory: 2GB}
                             ^^^
          help: accepted: `512M`, `1G`, bytes as in `1073741824`, or `max`
        /ROOT/user/config.yaml:3:12: `/bin/npm` is not the name of a program
            commands: {/bin/npm: full}
                       ^^^^^^^^
          help: write it without a directory, as in `npm` or `pip*`
        /ROOT/user/config.yaml:4:8: the set `@github` is a shipped one
            sets: {github: [a.example], Corp: []}
                   ^^^^^^
          help: choose another name
        /ROOT/user/config.yaml:4:29: `Corp` is not a name for a set of destinations
            sets: {github: [a.example], Corp: []}
                                        ^^^^
          help: accepted: lower-case letters, digits and `-`; it is written `@NAME` in `network.allow`""",
        files.failure(() -> profiles().load("sandbox")));
  }

  @Test
  void theSitesSetIsNotTakenByAUser() {
    files
        .write("site/config.yaml", "sets: {corp: [a.example]}\n")
        .write("user/config.yaml", "sets: {corp: [b.example]}\n");
    assertEquals(
        "/ROOT/site/config.yaml has a set `@corp`, and so has /ROOT/user/config.yaml\n"
            + "  help: rename yours",
        files.failure(() -> profiles().load("sandbox")));
  }

  @Test
  void filesThatAreNotThereAreLookedFor() {
    Profiles profiles = profiles();
    profiles.load("sandbox");
    assertTrue(profiles.consulted().contains(root.resolve("user/config.yaml")));
    assertTrue(profiles.consulted().contains(root.resolve("site/config.yaml")));
  }
}
