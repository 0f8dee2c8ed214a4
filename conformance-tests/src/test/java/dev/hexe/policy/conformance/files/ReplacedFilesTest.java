package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Patience;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that the host replaces while a sandbox runs, as editors and git do. */
class ReplacedFilesTest {
  private static final int TRUNCATE = 3;

  /** Namespaces alone, both designs together, Landlock alone. */
  static Stream<Arguments> designs() {
    return Stream.of("sandbox --backend=namespaces", "sandbox", "balanced", "isolated")
        .flatMap(design -> Arrays.stream(User.values()).map(user -> Arguments.of(design, user)));
  }

  private static Sandbox under(String design, User user, Path place) {
    boolean landlockAlone = design.equals("isolated");
    if (landlockAlone) {
      Requires.landlock(TRUNCATE);
    } else {
      Requires.namespaces(user);
    }
    String[] words = design.split(" ", -1);
    Path profile = place.resolve("profile.yaml");
    outside(user, place, "echo \"extends: " + words[0] + "\" >" + profile);
    return Sandbox.profile(profile.toString())
        .as(user)
        .in(place)
        .with(Arrays.copyOfRange(words, 1, words.length))
        .with("--protect=./notes", "--hide=./token", "--hide=./later");
  }

  private static void outside(User user, Path place, String script) {
    Sandbox.none().as(user).in(place).sh(script).endsWith(0);
  }

  private static Path place(User user) {
    Path place = user.home().resolve("replaced");
    Sandbox.none()
        .as(user)
        .sh("rm -rf \"$1\" && mkdir \"$1\" && cd \"$1\" && touch notes token", place.toString())
        .endsWith(0);
    return place;
  }

  /** Whether the supervisor watches directories. */
  private static boolean isWatching(Running running) {
    Path descriptors = Path.of("/proc", Long.toString(running.pid()), "fdinfo");
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.anyMatch(ReplacedFilesTest::isWatch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isWatch(Path descriptor) {
    try {
      return Files.readString(descriptor).contains("inotify wd");
    } catch (IOException e) {
      return false; // it has been closed
    }
  }

  @Attack(Way.REPLACED)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("designs")
  void theNewOnesAreKeptFromTheCommandAsWell(String design, User user) throws IOException {
    Path place = place(user);
    String tries =
        "(echo inside >>notes) || (echo inside >>profile.yaml) || cat token || cat later";
    try (Running running =
        under(design, user, place)
            .start(
                "sh",
                "-c",
                "exec 2>/dev/null; echo started; read go; n=0; while { "
                    + tries
                    + "; } >/dev/null && [ $n -lt 1000 ]; do n=$((n + 1)); sleep 0.02; done; "
                    + "echo settled; read go; for f in notes profile.yaml; do (echo inside >>$f) && echo wrote $f; done;"
                    + " cat token && echo read token; cat later && echo read later; echo end")) {
      assertEquals("started", running.line());
      if (!design.equals("isolated")) {
        Patience.until("the supervisor watches", () -> isWatching(running));
      }
      outside(
          user,
          place,
          "for f in notes token profile.yaml later; do echo new >../replacing && mv ../replacing $f; done");
      running.endInput();
      assertEquals("settled", running.line());
      String notes = Files.readString(place.resolve("notes"));
      String profile = Files.readString(place.resolve("profile.yaml"));
      assertEquals("end", running.line());
      assertEquals(notes, Files.readString(place.resolve("notes")));
      assertEquals(profile, Files.readString(place.resolve("profile.yaml")));
      assertEquals(0, running.status());
    }
  }

  /** A usual path that was not there; the command writes it where {@code first} says so. */
  private static Running waiting(String profile, User user, Path home, String first) {
    return OwnHome.in(Sandbox.profile(profile), user, home, "proj")
        .start(
            "sh",
            "-c",
            "exec 2>/dev/null; "
                + first
                + " echo started; read go; n=0; while cat ~/.npmrc >/dev/null && [ $n -lt "
                + (first.isEmpty() ? 1000 : 50)
                + " ]; do n=$((n + 1)); sleep 0.02; done; cat ~/.npmrc; echo end");
  }

  private static Path home(User user, String name) {
    Requires.namespaces(user);
    return OwnHome.made(
        user,
        name,
        "rm -rf \"$1\"; mkdir -p \"$1/proj/.git/objects\" \"$1/proj/.git/refs\" && echo 'ref: refs/heads/main' >\"$1/proj/.git/HEAD\"");
  }

  /** Under {@code agent} the home is read-only, so the host alone can have made it. */
  @Attack(Way.REPLACED)
  @ParameterizedTest(name = "agent as {0}")
  @EnumSource
  void whatTheCommandCannotMakeIsHiddenWhenItAppears(User user) {
    Path home = home(user, "appearing");
    try (Running running = waiting("agent", user, home, "")) {
      assertEquals("started", running.line());
      Patience.until("the supervisor watches", () -> isWatching(running));
      outside(user, home, "echo token >.npmrc");
      running.endInput();
      assertEquals("end", running.line());
    }
  }

  @ParameterizedTest(name = "sandbox as {0}")
  @EnumSource
  void whatTheCommandMadeItselfStaysInUse(User user) {
    Path home = home(user, "own");
    try (Running running = waiting("sandbox", user, home, "echo mine >~/.npmrc;")) {
      assertEquals("started", running.line());
      running.endInput();
      assertEquals("mine", running.line());
      assertEquals("end", running.line());
    }
  }

  /** A path that cannot be hidden, because it leads to the root, is not the last that is. */
  @Attack(Way.REPLACED)
  @ParameterizedTest(name = "sandbox as {0}")
  @EnumSource
  void whatCannotBeHiddenKeepsNothingElseOpen(User user) {
    Path place = place(user);
    try (Running running =
        under("sandbox", user, place)
            .with("--hide=./first")
            .start(
                "sh",
                "-c",
                "exec 2>/dev/null; echo started; read go; n=0; while cat later >/dev/null && [ $n -lt 1000 ]; do"
                    + " n=$((n + 1)); sleep 0.02; done; cat later; echo end")) {
      assertEquals("started", running.line());
      Patience.until("the supervisor watches", () -> isWatching(running));
      outside(user, place, "ln -s / first; echo secret >later");
      running.endInput();
      assertEquals("end", running.line());
    }
  }
}
