package dev.hexe.policy.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.profiles.yaml.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts about the caller. */
class InvocationTest {
  private static Invocation with(Map<String, String> environment, String accountHome) {
    Map<String, String> properties = Map.of("user.home", accountHome, "user.dir", "/srv");
    return new Invocation(
        environment, properties::get, plans -> List.of(), path -> Optional.empty());
  }

  @Test
  void theHomeIsTheVariablesElseTheAccounts() {
    assertEquals(Path.of("/h"), with(Map.of("HOME", "/h"), "/a").profileContext().home());
    assertEquals(Path.of("/a"), with(Map.of("HOME", ""), "/a").profileContext().home());
    assertEquals(Path.of("/h"), with(Map.of("HOME", "/h"), "?").profileContext().home());
  }

  /** As where a container has a number for a user. */
  @Test
  void whoHasNoHomeIsToldToSetOne() {
    ProfileException e =
        assertThrows(ProfileException.class, () -> with(Map.of(), "?").profileContext());
    assertEquals("HOME is not set, and the list of users has no home for this one", e.getMessage());
    assertEquals("set it to a directory of yours, as with `export HOME=$(mktemp -d)`", e.help());
  }

  /** Its name with `..` would be taken for another directory, behind a symlink for a wrong one. */
  @Test
  void theHomeIsNamedWithoutDots(@TempDir Path root) throws IOException {
    Path real = root.toRealPath();
    Files.createDirectories(real.resolve("a/b"));
    Files.createDirectory(real.resolve("a/home"));
    Files.createSymbolicLink(real.resolve("link"), real.resolve("a/b"));
    assertEquals(real.resolve("a/home"), homeOf(real + "/link/../home"));
    assertEquals(Path.of("/nowhere/home"), homeOf("/nowhere/b/../home"));
    assertEquals(real.resolve("link"), homeOf(real + "/link"));
    Invocation nameless = with(Map.of("HOME", "/nowhere/b/../home"), "/nowhere/b/../home");
    assertEquals(Path.of("/nowhere/home"), nameless.profileContext().accountHome());
  }

  private static Path homeOf(String variable) {
    return with(Map.of("HOME", variable), "/a").profileContext().home();
  }
}
