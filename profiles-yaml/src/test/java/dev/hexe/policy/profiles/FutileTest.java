package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.override.Overrides;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting without effect is a mistake, or is remarked upon. */
class FutileTest {
  @TempDir Path root;
  private Surroundings surroundings;

  @BeforeEach
  void surround() {
    surroundings = new Surroundings(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "environment: {keep: [LANG]} | p.yaml:2:22: nothing removes `LANG`",
        "demand: {hostname: preferred} | p.yaml:2:10: a demand on `hostname` has no effect",
        "limits: {grace: 3s} | p.yaml:2:17: `limits.grace` has no effect without a limit on time",
        "syscalls: {otherwise: kill} | p.yaml:2:23: `syscalls.otherwise` has no effect",
        "limits: {memory: 1G, memory-high: 2G} | p.yaml:2:35: `limits.memory-high` has no effect",
        "files: {unlisted: absent, write: [~], caches: [~/.cache]} | has no effect: `/ROOT/home` can be written as a whole",
        "files: {unlisted: absent, caches: ['~/.cache/*']} | is a pattern, and patterns are not expanded",
        "network: {allow: [a.example], on-deny: ask} | p.yaml:2:10: `on-deny: ask` needs a terminal of the command's own",
        "start: {state: {a/b: ~/.x}} | `a/b` is not the name of a command",
        "environment: {set: {A: 1}, unset: [A]} | says `environment.unset: A`",
        "environment: {clear: true, keep: [A], unset: [A]} | says `environment.keep: A`",
      })
  void whatHasNoEffectIsAMistake(String yaml, String message) {
    String told = surroundings.mistakes("extends: none\n" + yaml + "\n");
    assertTrue(told.contains(message), told);
  }

  @Test
  void whatCannotBeWrittenKeepsNoState() {
    String state = "start: {state: {x: ~/.x}}\n";
    String told = surroundings.mistakes("extends: none\nfiles: {unlisted: absent}\n" + state);
    assertTrue(told.contains("p.yaml:3:17: `start.state` has no effect: `"), told);
    surroundings.load(
        "extends: none\nfiles: {unlisted: absent, write-if-present: [~/.x]}\n" + state);
  }

  @Test
  void aDemandMayWaitForAnOptionOrForThoseWhoExtendTheProfile() {
    surroundings.load("extends: none\ndemand: {memory: preferred, hidden: preferred}\n");
    surroundings
        .write("work/base.yaml", "extends: none\ndemand: {hostname: preferred}\n")
        .load("extends: base.yaml\n");
  }

  @Test
  void whereTheCommandHasATerminalOfItsOwnSomebodyIsAsked() {
    surroundings.load("extends: none\nterminal: safe\nnetwork: {on-deny: ask}\n");
    surroundings.load("extends: none\nnetwork: {on-deny: refuse, allow: [a.example]}\n");
    String message =
        surroundings.mistakes("extends: full\nterminal: host\nnetwork: {on-deny: ask}\n");
    assertTrue(message.contains("p.yaml:3:10: `on-deny: ask` needs a terminal"), message);
  }

  @Test
  void variablesAreKeptFromWhatRemovesThem() {
    surroundings.load("extends: full\nenvironment: {keep: [GITHUB_TOKEN]}\n");
    surroundings.load("extends: none\nenvironment: {clear: true, keep: [LC_*]}\n");
  }

  @Test
  void anOptionKeepsNothingWhereNothingIsRemoved() {
    surroundings.write("work/p.yaml", "extends: none\n");
    String told = surroundings.failure(() -> keeping("p.yaml", "LANG"));
    assertTrue(told.contains("`--keepenv`: nothing removes `LANG`"), told);
    surroundings.write("work/q.yaml", "extends: none\nenvironment: {unset: [LANG]}\n");
    assertTrue(keeping("q.yaml", "LANG").environment().passes("LANG"));
    assertTrue(keeping("full", "GITHUB_TOKEN").environment().passes("GITHUB_TOKEN"));
  }

  private Profile keeping(String profile, String name) {
    return surroundings.profiles().load(profile, Overrides.of(Map.of("--keepenv", List.of(name))));
  }

  @Test
  void ofWishesForAVariableTheLaterHolds() {
    surroundings.write(
        "work/base.yaml",
        "extends: none\nenvironment: {set: {A: 1, AB: 2, Z: 3}, unset: [K], keep: [Q], clear: true}\n");
    Environment later =
        surroundings
            .load("extends: base.yaml\nenvironment: {unset: ['A*', Q], keep: [K]}\n")
            .environment();
    assertEquals(Map.of("Z", "3"), later.set());
    assertTrue(later.passes("K"));
    assertFalse(later.passes("Q"));
    Environment together =
        surroundings
            .load("extends: none\nenvironment: {unset: ['A*'], set: {AB: 2}}\n")
            .environment();
    assertEquals(Map.of("AB", "2"), together.set());
  }

  @ParameterizedTest
  @CsvSource({"HEXE_DEBUG, yes", "HEXE_HINTS, no", "HEXE_DEBUG, 2"})
  void aSwitchWithAnotherValueIsAMistake(String name, String value) {
    surroundings.set(name, value);
    String told = surroundings.failure(() -> remarks("extends: none\n"));
    assertTrue(told.contains("`" + value + "` is not a value of `" + name + "`"), told);
  }

  @Test
  void aListingOfWhatCanBeOpenedAnywayIsRemarkedUpon() {
    assertEquals(1, remarks("extends: sandbox\nfiles: {list: [~/src]}\n").size());
    assertEquals(0, remarks("extends: sandbox\nfiles: {list: [/srv]}\n").size());
  }

  @Test
  void aPathThatCanBeWrittenAnywayIsRemarkedUpon() {
    assertEquals(1, remarks("extends: sandbox\nfiles: {write: [~/src/shop]}\n").size());
    assertEquals(0, remarks("extends: sandbox\nfiles: {write: [~/.local/bin]}\n").size());
    assertEquals(0, remarks("extends: sandbox\nfiles: {write: {only: [~/src]}}\n").size());
    assertEquals(0, remarks("extends: sandbox\nfiles: {write: [/srv]}\n").size());
  }

  @ParameterizedTest
  @CsvSource({
    "HEXE_CGROUP_MEM_MX, did you mean `HEXE_CGROUP_MEM_MAX`?",
    "HEXE_POD_ISOLAT, did you mean `HEXE_POD_ISOLATE`?",
    "HEXE_CGROUP_SOMETHING_ELSE, known: ",
  })
  void aMisspeltVariableIsAMistake(String name, String help) {
    surroundings.set(name, "1");
    String told = surroundings.failure(() -> remarks("extends: none\n"));
    assertTrue(told.contains("unknown environment variable `" + name + "`"), told);
    assertTrue(told.contains(help), told);
  }

  @Test
  void oneThatMeansNothingIsRemarkedUpon() {
    surroundings.set("HEXE_WEATHER", "fine").set("HEXE_POD_ISOLATE_USERNS", "1");
    assertEquals(2, remarks("extends: none\n").size());
  }

  @Test
  void whatIsWantedAsOnTheHostIsListed() {
    Profile profile =
        surroundings.load(
            "files: {unlisted: absent, tmp: host, devices: host}\nprocesses: {others: visible}\n");
    assertEquals(
        List.of(PathRule.ifPresent("/tmp"), PathRule.ifPresent("/dev")), profile.files().write());
    assertEquals(List.of(PathRule.ifPresent("/proc")), profile.files().read());
    assertEquals(List.of(), surroundings.load("files: {unlisted: absent}\n").files().write());
  }

  private List<String> remarks(String yaml) {
    return surroundings
        .write("work/p.yaml", yaml)
        .profiles()
        .resolve("p.yaml", Overrides.NONE)
        .provenance()
        .remarks();
  }
}
