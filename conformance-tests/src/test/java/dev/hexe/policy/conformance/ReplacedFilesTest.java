package dev.hexe.policy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
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
    Sandbox.profile("none").as(user).in(place).sh(script).endsWith(0);
  }

  private static Path place(User user) {
    Path place = user.home().resolve("replaced");
    Sandbox.profile("none")
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
}
