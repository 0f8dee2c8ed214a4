package dev.hexe.policy.profiles.override;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.profiles.ResolvedProfile;
import dev.hexe.policy.profiles.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stricter of two wishes holds, unless the looser was said later. */
class PrecedenceTest {
  @TempDir Path root;
  private Surroundings surroundings;

  @BeforeEach
  void surround() {
    surroundings = new Surroundings(root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc", "/usr", "~", "/usr/../etc"})
  void whatAnOptionHidesIsNoLongerListed(String path) {
    ResolvedProfile resolved = resolve("extends: sandbox\n", hiding(path));
    String hidden = last(resolved.profile().hiddenPaths());
    assertFalse(paths(resolved.profile().files().read()).contains(hidden), hidden);
    assertFalse(paths(resolved.profile().files().write()).contains(hidden), hidden);
    assertTrue(
        resolved.provenance().overruled().stream()
            .anyMatch(it -> it.by().origin().text().equals("--hide")));
  }

  @Test
  void soIsWhatAProfileHidesThatItsBaseLists() {
    Profile profile = surroundings.load("extends: sandbox\nhide: [/usr]\n");
    assertEquals("/usr", last(profile.hiddenPaths()));
    assertFalse(paths(profile.files().read()).contains("/usr"));
  }

  @Test
  void whatLiesBelowSomethingHiddenLaterIsHiddenToo() {
    Profile profile =
        surroundings
            .write("work/base.yaml", "extends: sandbox\nfiles: {read: [/srv/a/b]}\n")
            .load("extends: base.yaml\nhide: [/srv/a]\n");
    assertFalse(paths(profile.files().read()).contains("/srv/a/b"));
  }

  @Test
  void whatIsNamedLaterCountsOverTheDefaultList() {
    Profile profile = surroundings.profiles().load("sandbox", Overrides.NONE);
    assertTrue(guarded(profile.protectedPaths()).contains(home(".local/bin")));
    Profile lifted = surroundings.load("extends: sandbox\nfiles: {write: [~/.local/bin]}\n");
    assertFalse(guarded(lifted.protectedPaths()).contains(home(".local/bin")));
  }

  @Test
  void whatIsProtectedLaterCanBeReadAndNotWritten() {
    surroundings.write("work/base.yaml", "extends: sandbox\nfiles: {write: [/srv/a/b]}\n");
    Profile profile = surroundings.load("extends: base.yaml\nprotect: [/srv/a]\n");
    assertTrue(paths(profile.files().read()).contains("/srv/a/b"));
    assertFalse(paths(profile.files().write()).contains("/srv/a/b"));
  }

  @Test
  void aPartToWriteOfWhatIsProtectedTogetherWithItStaysWritable() {
    Profile profile =
        surroundings.load("extends: sandbox\nfiles: {write: [/srv/a/b]}\nprotect: [/srv/a]\n");
    assertTrue(paths(profile.files().write()).contains("/srv/a/b"));
    assertTrue(guarded(profile.protectedPaths()).contains("/srv/a"));
  }

  @Test
  void aHomeThatIsListedForReadingIsNotWritten() {
    ResolvedProfile resolved = resolve("extends: sandbox\nfiles: {read: [~]}\n", Overrides.NONE);
    assertTrue(paths(resolved.profile().files().read()).contains(home("")));
    assertFalse(paths(resolved.profile().files().write()).contains(home("")));
    Overruled overruled = resolved.provenance().overruled().get(0);
    assertEquals("files.write", overruled.statement().key());
    assertEquals("p.yaml:2:16", overruled.by().origin().text());
  }

  @Test
  void onlyTakesBackWhatTheBaseLists() {
    Profile profile = surroundings.load("extends: sandbox\nfiles: {write: {only: [~/src/shop]}}\n");
    assertEquals(List.of(home("src/shop")), paths(profile.files().write()));
  }

  @Test
  void onlySpeaksOfWhatIsListedIfPresentAsWell() {
    Profile profile = surroundings.load("extends: sandbox\nfiles: {read: {only: [/usr]}}\n");
    assertEquals(List.of("/usr"), paths(profile.files().read()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extends: sandbox\\nfiles: {write: []} | an empty list adds nothing to `files.write`",
        "extends: none\\nprotect: {only: []} | `protect` takes nothing back",
        "extends: none\\nfiles: {} | `files` says nothing",
        "extends: none\\nenvironment: {set: {}} | `environment.set` says nothing",
        "extends: none\\nprofile: sandbox | `sandbox` is the name of a built-in profile",
        "extends: sandbox\\nfiles: {read: [/srv]}\\nhide: [/srv] | says `hide: /srv`, but p.yaml:2:16 says `files.read: /srv`",
        "extends: sandbox\\nfiles: {read: [/srv], write: [/srv]} | says `files.read: /srv`, but p.yaml:2:31",
      })
  void whatChangesNothingOrContradictsItselfIsAMistake(String yaml, String message) {
    String told = surroundings.mistakes(yaml.replace("\\n", "\n") + "\n");
    assertTrue(told.contains(message), told);
  }

  @Test
  void everyItemKnowsItsPlace() {
    ResolvedProfile resolved =
        resolve("extends: sandbox\nfiles:\n  read:\n    - /srv\n", hiding("/usr"));
    assertEquals(
        "p.yaml:4:7",
        resolved.provenance().of("files.read", PathRule.of("/srv")).orElseThrow().text());
    assertTrue(
        resolved.provenance().effective().stream()
            .anyMatch(it -> it.key().equals("hide") && it.origin().text().equals("--hide")));
    assertTrue(
        resolved.provenance().effective().stream()
            .anyMatch(it -> it.origin().text().startsWith("default, built-in sandbox:")));
  }

  private ResolvedProfile resolve(String yaml, Overrides overrides) {
    return surroundings.write("work/p.yaml", yaml).profiles().resolve("p.yaml", overrides);
  }

  private static Overrides hiding(String path) {
    return Overrides.of(Map.of("--hide", List.of(path)));
  }

  private String home(String name) {
    return name.isEmpty() ? root + "/home" : root + "/home/" + name;
  }

  private static List<String> paths(List<PathRule> rules) {
    return rules.stream().map(PathRule::path).toList();
  }

  private static List<String> guarded(List<ProtectedPath> guards) {
    return guards.stream().map(ProtectedPath::path).toList();
  }

  private static String last(List<ProtectedPath> guards) {
    return guards.get(guards.size() - 1).path();
  }
}
