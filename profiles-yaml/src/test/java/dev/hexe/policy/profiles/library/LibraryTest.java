package dev.hexe.policy.profiles.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.Surroundings;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The places that profiles come from. */
class LibraryTest {
  @TempDir Path root;
  private Surroundings surroundings;
  private Profiles profiles;

  @BeforeEach
  void surround() {
    surroundings = new Surroundings(root);
    profiles = surroundings.profiles();
  }

  @Test
  void aNameIsLookedForInEachDirectory() {
    surroundings.write("system/web.yaml", "summary: system\n");
    assertEquals("system", profiles.load("web").summary());
    assertEquals("summary: system\n", profiles.source("web"));
  }

  @Test
  void ofANameInTwoDirectoriesTheUsersIsUsedAndThatIsTold() {
    surroundings
        .write("mine/web.yaml", "extends: none\n")
        .write("system/web.yaml", "summary: system\n");
    assertEquals(
        List.of(
            "two profiles are called `web`: `%s` is used, and not `%s`"
                .formatted(
                    surroundings.path("mine/web.yaml"), surroundings.path("system/web.yaml"))),
        profiles.resolve("web", Overrides.NONE).provenance().remarks());
  }

  @Test
  void aNameIsNeverAFileInTheWorkingDirectory() {
    surroundings
        .write("work/web.yaml", "summary: here\n")
        .write("mine/web.yaml", "summary: mine\n");
    assertEquals("mine", profiles.load("web").summary());
    assertEquals("here", profiles.load("web.yaml").summary());
    assertEquals("here", profiles.load("./web.yaml").summary());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sandbox", "default"})
  void theNameOfABuiltInProfileCannotBeTaken(String name) {
    surroundings.write("system/" + name + ".yaml", "summary: mine\n");
    assertEquals(
        "/ROOT/system/"
            + name
            + ".yaml: `"
            + name
            + "` is the name of a built-in profile\n"
            + "  help: rename the file; it may start with `extends: "
            + name
            + "`",
        surroundings.failure(() -> profiles.load(name)));
    assertEquals("built-in", profiles.list().get(0).origin());
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearestAndAll() {
    surroundings.write("mine/web.yaml", "summary: mine\n");
    assertEquals(
        """
        unknown profile `wbe`
          help: did you mean `web`? there are `none`, `minimal`, `balanced`, `sandbox`, `agent`, `project`, `full`, \
        `isolated`, `default`, `web`""",
        surroundings.failure(() -> profiles.load("wbe")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "-x", "a b", "sand\0box", "Sandbox", "$(x)"})
  void otherNamesAreUnknown(String name) {
    String told = surroundings.failure(() -> profiles.load(name));
    assertEquals("unknown profile " + Quotes.quote(name), told.lines().findFirst().orElse(""));
  }

  @Test
  void aFileThatIsNotThereIsNamedAsItWasWritten() {
    assertEquals(
        "./gone.yaml: cannot be read: no such file",
        surroundings.failure(() -> profiles.load("./gone.yaml")));
    assertEquals(
        "/ROOT/mine/x/: not a regular file\n  help: name a file in it",
        surroundings
            .write("mine/x/y", "")
            .failure(() -> profiles.load(surroundings.path("mine/x") + "/")));
    String below = surroundings.path("mine/x/y") + "/z.yaml";
    assertEquals(
        "/ROOT/mine/x/y/z.yaml: cannot be read: not a directory",
        surroundings.failure(() -> profiles.load(below)));
  }

  @Test
  void whatWasReadAndWhatWasMissingAreBothRemembered() {
    surroundings
        .write("system/web.yaml", "extends: ../shared/base.yaml\n")
        .write("shared/base.yaml", "extends: sandbox\n");
    profiles.load("web");
    assertEquals(
        paths(
            "mine/web.yaml",
            "system/web.yaml",
            "config.yaml",
            "shared/base.yaml",
            "mine/sandbox.yaml",
            "system/sandbox.yaml"),
        profiles.consulted());
  }

  @Test
  void aBuiltInProfileDependsOnNobodyTakingItsName() {
    profiles.load("default");
    assertEquals(
        paths("mine/default.yaml", "system/default.yaml", "config.yaml"), profiles.consulted());
  }

  @Test
  void filesThatWereLookedForBeforeAFailureAreRemembered() {
    surroundings.failure(() -> profiles.load("gone.yaml"));
    assertEquals(paths("work/gone.yaml"), profiles.consulted());
  }

  @Test
  void listingTellsWhatCannotBeUsed() {
    surroundings
        .write("mine/web.yaml", "extends: sandbox\n")
        .write("mine/bad.yaml", "network: of\n")
        .write("mine/full.yaml", "network: none\n")
        .write("mine/notes.txt", "no profile\n")
        .write("system/web.yaml", "summary: hidden by mine\n");
    List<Listing> listings = profiles.list();
    assertEquals(
        List.of(
            new Listing("bad", "cannot be used here", mine("bad")),
            new Listing("full", "refused: a built-in profile has this name", mine("full")),
            new Listing(
                "web",
                "untrusted code that needs the network",
                mine("web") + ", not " + surroundings.path("system/web.yaml"))),
        listings.subList(BuiltIns.NAMES.size(), listings.size()));
    assertEquals(paths("config.yaml"), profiles.consulted());
  }

  @Test
  void theSearchPathIsTheUsersThenTheHosts() {
    assertEquals(
        searchPath("/c/hexe-policy/profiles"), searchPath(Map.of("XDG_CONFIG_HOME", "/c")));
    assertEquals(searchPath("/h/.config/hexe-policy/profiles"), searchPath(Map.of()));
    assertEquals(
        searchPath("/h/.config/hexe-policy/profiles"),
        searchPath(Map.of("XDG_CONFIG_HOME", "relative")));
  }

  private static List<Path> searchPath(Map<String, String> environment) {
    return ProfileContext.of(Path.of("/h"), null, Path.of("/"), environment).searchPath();
  }

  private static List<Path> searchPath(String users) {
    return List.of(Path.of(users), Path.of("/etc/hexe-policy/profiles"));
  }

  private String mine(String name) {
    return surroundings.path("mine/" + name + ".yaml").toString();
  }

  private List<Path> paths(String... names) {
    return Stream.of(names).map(surroundings::path).toList();
  }
}
