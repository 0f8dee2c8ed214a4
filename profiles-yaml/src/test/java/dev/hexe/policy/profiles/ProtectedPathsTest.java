package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths.Group;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.reader.PathExpander;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings and options on files kept from the command, its environment and its ids. */
class ProtectedPathsTest {
  @TempDir Path root;

  @Test
  void anOwnListIsAddedToThatOfTheBase() {
    Profile profile = load("extends: sandbox\nprotect: [~/notes]\nhide: [~/diary, ./here]\n");
    List<String> protect = paths(profile.safeguards().protect());
    assertEquals(home(".bashrc"), protect.get(0));
    assertEquals(home("notes"), protect.get(protect.size() - 1));
    assertTrue(paths(profile.safeguards().hide()).contains(root + "/work/here"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | ",
        "{only: [~/a]} | a",
        "{only: [~/a, ~/b, ~/a]} | a b",
        "{only: []} | ",
      })
  void anEmptyListTakesAllBackAndOnlyReplaces(String written, String expected) {
    Profile profile = load("extends: sandbox\nprotect: " + written + "\nhide: " + written + "\n");
    List<String> paths =
        expected == null ? List.of() : Stream.of(expected.split(" ")).map(this::home).toList();
    assertEquals(paths, paths(profile.safeguards().protect()));
    assertEquals(paths, paths(profile.safeguards().hide()));
    assertEquals(List.of(), profile.safeguards().show());
  }

  @Test
  void theShippedOnesCanStandAmongOthers() {
    Profile profile =
        load("files: {unlisted: allowed}\nprotect: {only: [~/first, default]}\nhide: [default]\n");
    assertEquals(
        List.of(home("first"), home(".bashrc")),
        paths(profile.safeguards().protect()).subList(0, 2));
    assertEquals(load("extends: full\n").safeguards().hide(), profile.safeguards().hide());
  }

  @Test
  void pathsMayLieInTheWorkingDirectory() {
    Profile profile =
        load("files: {unlisted: allowed}\nprotect: [\"${CWD}/.git/./hooks\", \"${CWD}\"]\n");
    assertEquals(List.of("@cwd/.git/hooks", "@cwd"), paths(profile.safeguards().protect()));
  }

  @Test
  void andInThoseAboveIt() {
    Profile profile = load("files: {unlisted: allowed}\nhide: [\"${ABOVE}//.git/./hooks\"]\n");
    ProtectedPath guard = profile.safeguards().hide().get(0);
    assertEquals("@above/.git/hooks", guard.path());
    assertEquals(List.of("/a/b/.git/hooks", "/a/.git/hooks"), guard.places(Path.of("/a/b/c")));
    assertEquals(List.of(), guard.places(Path.of("/")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${ABOVE}",
        "${ABOVE}/",
        "${ABOVE}/../x",
        "a/${ABOVE}",
        "${CWD}/../other",
        "${CWD}/${HOME}",
        "${CWD}x",
        "~root/x",
        "/",
        "/x/.."
      })
  void butNotBesideIt(String path) {
    Surroundings surroundings = new Surroundings(root);
    String told = surroundings.mistakes("protect: [\"" + path + "\"]\n");
    assertTrue(told.startsWith("p.yaml:1:11: "), told);
  }

  @Test
  void whatIsListedItselfIsNotKept() {
    Profile profile = load("extends: sandbox\nfiles: {write: [~/.local/bin], read: [~/.npmrc]}\n");
    assertFalse(paths(profile.protectedPaths()).contains(home(".local/bin")));
    assertFalse(paths(profile.hiddenPaths()).contains(home(".npmrc")));
    assertTrue(paths(profile.hiddenPaths()).contains(home(".netrc")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~/sec/*",
        "src/**",
        "**/.env",
        "~/a?",
        "~/[ab]",
        "~/{a,b}",
        "!src",
        "${CWD}/*.pem"
      })
  void patternsAreRefused(String pattern) {
    Stream.of("protect: [\"%s\"]", "hide: [\"%s\"]", "files: {read-if-present: [\"%s\"]}")
        .map(key -> "extends: sandbox\n" + key.formatted(pattern) + "\n")
        .map(new Surroundings(root)::mistakes)
        .forEach(
            told -> assertTrue(told.contains("is a pattern, and patterns are not expanded"), told));
  }

  @Test
  void aNameMayHoldWhatPatternsAreMadeOf() {
    Profile profile =
        load("files: {unlisted: allowed}\nhide: ['~/a\\*b/\\[id\\]', '~/\\{a,b}', './!c']\n");
    assertEquals(
        List.of("a*b/[id\\]", "{a,b}"),
        paths(profile.safeguards().hide()).stream()
            .filter(path -> path.startsWith(home("")))
            .map(path -> path.substring(home("").length()))
            .toList());
  }

  /** Each place by itself, and in the working directory as well. */
  @Test
  void whatIsListedInTheProjectIsNotKeptThere() {
    Profile profile =
        load("extends: sandbox\nfiles: {write-if-present: [.git/config, ../.git/config]}\n");
    List<String> paths = paths(profile.protectedPaths());
    assertFalse(paths.contains("@cwd/.git/config"));
    assertTrue(paths.contains("@cwd/.git/hooks"));
    assertFalse(paths.contains("@above/.git/config"));
    assertFalse(paths.contains(root + "/.git/config"));
    assertTrue(paths.contains(root.getParent() + "/.git/config"));
  }

  @Test
  void aPartOfWhatIsKeptInTheProjectIsRefused() {
    Surroundings surroundings =
        new Surroundings(root)
            .write("work/p.yaml", "extends: sandbox\nfiles: {write-if-present: [.git/hooks/x]}\n");
    String told = surroundings.failure(() -> surroundings.profiles().load("p.yaml"));
    assertTrue(told.contains("which is kept as a whole"), told);
  }

  @Test
  void directoriesOfTheDesktopAreMeantInTheUsualPlaceAsWell() {
    PathExpander expander =
        new PathExpander(
            ProfileContext.of(root, "me", root, Map.of("XDG_CONFIG_HOME", "/elsewhere")), "");
    assertEquals(
        List.of("/elsewhere/git", root + "/.config/git"),
        expander.expandShipped("${XDG_CONFIG_HOME}/git"));
  }

  /** They are expanded once for all profiles of a process. */
  @Test
  void shippedPathsDependOnTheUserAlone() {
    ShippedProtectedPaths shipped = ShippedProtectedPaths.read();
    Set<String> variables = new TreeSet<>();
    Stream.concat(shipped.protect().stream(), shipped.hide().stream())
        .flatMap(group -> Stream.concat(group.items().stream(), group.exceptions().stream()))
        .filter(path -> path.startsWith("${"))
        .forEach(path -> variables.add(path.substring(2, path.indexOf('}'))));
    assertEquals(
        Set.of(
            "CWD", "ABOVE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"),
        variables);
  }

  @Test
  void shippedPathsFollowTheHomeAndTheEnvironment() {
    for (String home : List.of("/one", "/other")) {
      for (String configuration : List.of("/there", "/elsewhere")) {
        ProfileContext context =
            ProfileContext.of(Path.of(home), "me", root, Map.of("XDG_CONFIG_HOME", configuration));
        List<String> paths = paths(new Profiles(context).load("sandbox").protectedPaths());
        assertTrue(paths.contains(home + "/.bashrc"), home);
        assertTrue(paths.contains(configuration + "/autostart"), configuration);
      }
    }
  }

  @Test
  void environmentIsMergedKeyByKey() {
    Surroundings surroundings =
        new Surroundings(root)
            .write(
                "work/base.yaml",
                "extends: none\nenvironment: {clear: true, keep: [LANG], set: {A: '1', B: '2'}}\n")
            .write(
                "work/own.yaml",
                "extends: base.yaml\nenvironment: {keep: [LC_*], unset: [X], set: {B: '3'}}\n");
    assertEquals(
        new Environment(
            true, List.of("LANG", "LC_*"), List.of("X"), List.of(), Map.of("A", "1", "B", "3")),
        surroundings.profiles().load("own.yaml").environment());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "environment: {keep: [A-B]} | `A-B` is not the name of a variable, nor a pattern",
        "environment: {unset: [1A]} | `1A` is not the name of a variable, nor a pattern",
        "environment: {set: {A=B: c}} | `A=B` is not the name of a variable",
        "environment: {set: {A*: c}} | `A*` is not the name of a variable",
        "environment: {clear: maybe} | `maybe` is not a value of `environment.clear`",
        "protect: {only: x} | `protect.only` takes a list, not a single value",
        "protect: {just: [x]} | unknown key `just` in `protect`",
        "hide: default | `hide` takes a list, not a single value",
      })
  void mistakesAreExplained(String yaml, String message) {
    String told = new Surroundings(root).mistakes("extends: none\n" + yaml + "\n");
    assertTrue(told.contains(message), told);
  }

  @Test
  void optionsCountOverTheProfile() {
    Surroundings surroundings =
        new Surroundings(root)
            .write(
                "work/p.yaml",
                "extends: full\nenvironment: {keep: [A], unset: [B, C*], set: {D: d, E: e}}\n");
    Profile profile =
        surroundings
            .profiles()
            .load(
                "p.yaml",
                Overrides.of(
                    Map.of(
                        "--protect", List.of("~/p"),
                        "--hide", List.of("~/h"),
                        "--clearenv", List.of(""),
                        "--keepenv", List.of("B", "F_*"),
                        "--unsetenv", List.of("A", "D"),
                        "--setenv", List.of("E=x=y", "G="),
                        "--identity", List.of("0:7"))));
    Environment environment = profile.environment();
    assertEquals(List.of("B", "F_*"), environment.keep());
    assertTrue(environment.clear());
    assertFalse(environment.unset().contains("B"));
    assertTrue(environment.unset().containsAll(List.of("A", "C*", "D", "*_KEY")));
    assertEquals(Map.of("E", "x=y", "G", ""), environment.set());
    assertEquals(Identity.ids(0, 7), profile.identity());
    assertTrue(paths(profile.safeguards().protect()).contains(home("p")));
    assertTrue(paths(profile.safeguards().hide()).contains(home("h")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "a:b", "1:2:3", "-1:0", "somebody"})
  void anIdentityIsAWordOrTwoIds(String text) {
    Surroundings surroundings = new Surroundings(root);
    String told =
        surroundings.failure(
            () ->
                surroundings
                    .profiles()
                    .load("none", Overrides.of(Map.of("--identity", List.of(text)))));
    assertTrue(told.startsWith("`--identity`: "), told);
  }

  @Test
  void everyShippedGroupHasAReasonAndEveryItemIsThereOnce() {
    ShippedProtectedPaths shipped = ShippedProtectedPaths.read();
    for (List<Group> groups :
        List.of(shipped.protect(), shipped.hide(), List.of(shipped.secretVariables()))) {
      Set<String> seen = new HashSet<>();
      for (Group group : groups) {
        assertFalse(group.because().isBlank(), group.id());
        assertFalse(group.items().isEmpty(), group.id());
        group.items().forEach(item -> assertTrue(seen.add(item), item));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB_TOKEN, false",
    "GH_TOKEN, false",
    "TOKEN, false",
    "OPENAI_API_KEY, false",
    "AWS_SECRET_ACCESS_KEY, false",
    "AWS_ANYTHING, false",
    "DB_PASSWORD, false",
    "PGPASSWORD, false",
    "MYSQL_ROOT_PASSWORD_FILE, false",
    "CLIENT_SECRET, false",
    "DATABASE_URL, false",
    "GOOGLE_APPLICATION_CREDENTIALS, false",
    "AWS_REGION, true",
    "PATH, true",
    "HOME, true",
    "KEYMAP, true",
    "XDG_SESSION_ID, true",
    "SSH_AUTH_SOCK, true"
  })
  void whatSpeaksOfASecretIsRemovedByFull(String name, boolean passes) {
    assertEquals(passes, load("extends: full\n").environment().passes(name));
  }

  private Profile load(String yaml) {
    return new Surroundings(root).load(yaml);
  }

  private String home(String name) {
    return root + "/home/" + name;
  }

  private static List<String> paths(List<ProtectedPath> guards) {
    return guards.stream().map(ProtectedPath::path).toList();
  }
}
