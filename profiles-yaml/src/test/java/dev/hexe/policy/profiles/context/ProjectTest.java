package dev.hexe.policy.profiles.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory that is the project, and the consequences. */
class ProjectTest {
  @TempDir Path root;
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectories(root.toRealPath().resolve("home/me"));
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(home.resolve(name));
  }

  private void repository(Path at) throws IOException {
    for (String name : List.of("objects", "refs")) {
      Files.createDirectories(at.resolve(".git").resolve(name));
    }
    Files.writeString(at.resolve(".git/HEAD"), "ref: refs/heads/main\n");
  }

  private Profiles from(Path directory) {
    return new Profiles(new ProfileContext(home, "me", directory, Map.of(), List.of()));
  }

  private String top(Path directory) {
    return from(directory).load("project").files().write().get(0).path();
  }

  @Test
  void isTheTopOfTheWorkTree() throws IOException {
    Path part = directory("src/shop/web/js");
    repository(home.resolve("src/shop"));
    assertEquals(home + "/src/shop", top(part));
    assertEquals(home + "/src/shop", top(home.resolve("src/shop")));
  }

  @Test
  void isTheNearestOfTwo() throws IOException {
    Path part = directory("src/shop/lib/part");
    repository(home.resolve("src/shop"));
    Files.writeString(home.resolve("src/shop/lib/.git"), "gitdir: ../.git/modules/lib\n");
    assertEquals(home + "/src/shop/lib", top(part));
  }

  @Test
  void isTheDirectoryItselfWhereNothingIsARepository() throws IOException {
    Path part = directory("src/shop/part");
    Files.createDirectories(home.resolve("src/shop/.git"));
    Files.writeString(home.resolve("src/.git"), "none\n");
    assertEquals(part.toString(), top(part));
  }

  @Test
  void isNotTheHomeBecauseItHoldsDotfiles() throws IOException {
    Path part = directory("src/shop");
    repository(home);
    assertEquals(part.toString(), top(part));
  }

  @Test
  void dependsOnWhatWasLookedAt() throws IOException {
    Path part = directory("src/shop/part");
    repository(home.resolve("src/shop"));
    Profiles profiles = from(part);
    profiles.load("project");
    assertTrue(profiles.usedWorkingDirectory());
    assertEquals(List.of(part.resolve(".git"), home.resolve("src/shop/.git")), profiles.examined());
    assertFalse(profiles.consulted().stream().anyMatch(path -> path.endsWith(".git")));
  }

  @Test
  void isNotAskedForByOthers() {
    Profiles profiles = from(home);
    profiles.load("sandbox");
    assertFalse(profiles.usedWorkingDirectory());
    assertEquals(List.of(), profiles.examined());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/usr/lib", "/proc/self", "/dev/shm", "/var/tmp"})
  void isNotTheSystem(String place) {
    String told = refused(Path.of(place));
    assertTrue(told.startsWith("`" + place + "` is not a project: it is the "), told);
    assertTrue(told.contains("\n  help: go to the directory of a project"), told);
  }

  @Test
  void isNotTheHomeNorWhatHoldsIt() {
    assertTrue(refused(home).contains("it is your home\n"));
    assertTrue(refused(home.resolveSibling(".").normalize()).contains("it holds your home\n"));
  }

  @Test
  void isNothingThatCannotBeNamed() throws IOException {
    assertTrue(refused(directory("src/a\nb")).contains("it has a newline in its name\n"));
    String odd = refused(home.resolve("a\uFFFD"));
    assertTrue(odd.contains("it has a name that is not UTF-8\n"), odd);
  }

  private String refused(Path directory) {
    ProfileException e =
        assertThrows(ProfileException.class, () -> from(directory).load("project"));
    return e.getMessage() + "\n  help: " + e.help();
  }

  @Test
  void isNotWhatHoldsTheHomeBehindALink() throws IOException {
    Path linked = Files.createSymbolicLink(root.resolve("linked"), home);
    Profiles profiles = new Profiles(new ProfileContext(linked, "me", home, Map.of(), List.of()));
    assertThrows(ProfileException.class, () -> profiles.load("project"));
  }

  @Test
  void itsTopIsProtectedLikeTheWorkingDirectory() throws IOException {
    Path part = directory("src/shop/part");
    repository(home.resolve("src/shop"));
    List<String> kept =
        from(part).load("project").safeguards().protect().stream().map(it -> it.path()).toList();
    assertTrue(kept.contains("@cwd/.vscode"));
    assertTrue(kept.contains(home + "/src/shop/.vscode"));
  }

  @Test
  void theHomeOfTheAccountLeadsToTheOwnOne() throws IOException {
    Path part = directory("src/shop");
    ProfileContext context = new ProfileContext(home, "me", part, Map.of(), List.of());
    Profile profile =
        new Profiles(context.withAccountHome(Path.of("/accounts/me"))).load("project");
    assertTrue(
        profile
            .files()
            .fixtures()
            .all()
            .contains(new MountEntry.Symlink(home.toString(), "/accounts/me")));
    Profile usual = from(part).load("project");
    assertTrue(
        usual.files().fixtures().all().stream().noneMatch(MountEntry.Symlink.class::isInstance));
  }

  /** A variable leads to tools there, and no symlink can be where a directory is. */
  @Test
  void theHomeOfTheAccountIsEmptyWhereSomethingInItIsListed() throws IOException {
    Path account = Files.createDirectories(root.toRealPath().resolve("account"));
    Map<String, String> variables = Map.of("PYENV_ROOT", account.resolve(".pyenv").toString());
    ProfileContext context =
        new ProfileContext(home, "me", directory("src/shop"), variables, List.of())
            .withAccountHome(account);
    assertEquals(MountEntry.Symlink.class, of(account, context).getClass());
    Files.createDirectory(account.resolve(".pyenv"));
    assertEquals(MountEntry.Tmpfs.class, of(account, context).getClass());
  }

  private static MountEntry of(Path account, ProfileContext context) {
    return new Profiles(context)
        .load("project").files().fixtures().all().stream()
            .filter(fixture -> fixture.path().equals(account.toString()))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void aProfileThatWritesTheHomeHasTheHosts() throws IOException {
    Path part = directory("src/shop");
    Files.writeString(part.resolve("p.yaml"), "extends: project\nfiles:\n  write: [\"~\"]\n");
    Profile profile = from(part).load("./p.yaml");
    assertTrue(profile.files().write().contains(PathRule.of(home.toString())));
    assertTrue(
        profile.files().fixtures().all().stream()
            .noneMatch(fixture -> fixture.path().equals(home.toString())));
  }

  private List<String> written(Path directory) {
    return from(directory).load("project").files().write().stream().map(PathRule::path).toList();
  }

  private Path linkedWorktree(String name) throws IOException {
    Path worktree = directory("src/" + name);
    repository(home.resolve("src/shop"));
    Path own = directory("src/shop/.git/worktrees/" + name);
    Files.writeString(worktree.resolve(".git"), "gitdir: " + own + "\n");
    Files.writeString(own.resolve("commondir"), "../..\n");
    Files.writeString(own.resolve("gitdir"), worktree.resolve(".git") + "\n");
    return worktree;
  }

  @Test
  void aLinkedWorktreeHasTheDirectoryThatItShares() throws IOException {
    for (String name : List.of("fix", "gr\u00f6\u00dfer")) {
      Path worktree = linkedWorktree(name);
      assertEquals(List.of(worktree.toString(), home + "/src/shop/.git"), written(worktree));
    }
  }

  @Test
  void aFileThatLeadsToAnotherRepositoryHandsNothingOver() throws IOException {
    linkedWorktree("fix");
    Path other = directory("src/other");
    Files.writeString(other.resolve(".git"), "gitdir: " + home + "/src/shop/.git/worktrees/fix\n");
    assertEquals(List.of(other.toString()), written(other));
    Files.writeString(other.resolve(".git"), "gitdir: " + home + "/src/shop/.git\n");
    assertEquals(List.of(other.toString()), written(other));
    Profiles profiles = from(other);
    String told =
        String.join("\n", profiles.resolve("project", Overrides.NONE).provenance().remarks());
    assertTrue(told.contains("does not lead back"), told);
  }

  @Test
  void aSubmoduleHasItsOwnDirectory() throws IOException {
    Path module = directory("src/shop/lib");
    repository(home.resolve("src/shop"));
    Path own = directory("src/shop/.git/modules/lib");
    Files.createDirectories(own.resolve("objects"));
    Files.createDirectories(own.resolve("refs"));
    Files.writeString(own.resolve("HEAD"), "ref: refs/heads/main\n");
    Files.writeString(own.resolve("config"), "[core]\n\tworktree = ../../../lib\n");
    Files.writeString(module.resolve(".git"), "gitdir: ../.git/modules/lib\n");
    assertEquals(List.of(module.toString(), own.toString()), written(module));
    Files.writeString(own.resolve("config"), "[core]\n\tworktree = ../../../other\n");
    assertEquals(List.of(module.toString()), written(module));
  }

  @Test
  void aConfigurationWithoutAnEndIsNotRead() throws Exception {
    Path module = directory("src/shop/lib");
    Path own = directory("src/evil");
    Files.writeString(module.resolve(".git"), "gitdir: " + own + "\n");
    Path configuration = own.resolve("config");
    Files.createSymbolicLink(configuration, Path.of("/dev/zero"));
    assertEquals(List.of(module.toString()), written(module));
    Files.delete(configuration);
    new ProcessBuilder("mkfifo", configuration.toString()).start().waitFor();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertEquals(List.of(module.toString()), written(module)));
  }

  @Test
  void cachesAreKeptForEachProject() throws IOException {
    List<String> stores =
        Stream.of("src/shop", "src/a b")
            .map(this::cacheOf)
            .map(cache -> cache.store().substring(home.toString().length()))
            .toList();
    assertTrue(
        stores.get(0).matches("/.local/state/hexe-policy/caches/shop-[0-9a-f]{12}"),
        stores::toString);
    assertTrue(
        stores.get(1).matches("/.local/state/hexe-policy/caches/a_b-[0-9a-f]{12}"),
        stores::toString);
  }

  private MountEntry.Cache cacheOf(String name) {
    try {
      return from(directory(name)).load("project").files().fixtures().all().stream()
          .filter(MountEntry.Cache.class::isInstance)
          .map(MountEntry.Cache.class::cast)
          .filter(cache -> cache.path().equals(home + "/.npm"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whoWritesACacheHasTheHosts() throws IOException {
    Path part = directory("src/shop");
    directory(".npm");
    Files.writeString(part.resolve("p.yaml"), "extends: project\nfiles:\n  write: [~/.npm]\n");
    assertTrue(
        from(part).load("./p.yaml").files().fixtures().all().stream()
            .noneMatch(fixture -> fixture.path().equals(home + "/.npm")));
  }
}
