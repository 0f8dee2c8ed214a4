package dev.hexe.policy.conformance.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Design;
import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Patience;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways out that take more than one process or run, in each design. */
@Order(1)
class DesignsTest {
  private static final String CELLS = "dev.hexe.policy.conformance.harness.Design#cells";
  private static final int STARTS = 10;

  private static Path place(User user, String name) {
    Path place = user.home().resolve("designs-" + name);
    Sandbox.none().as(user).run("sh", "-c", "rm -rf \"$1\" && mkdir \"$1\"", "sh", place + "");
    return place;
  }

  @Attack(Way.SAME_TIMES)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource(CELLS)
  void aProfileOfEqualSizeAndTimeIsReadAnew(Design design, User user) throws Exception {
    Path place = place(user, "times-" + design.name());
    String write =
        "printf 'extends: %s\\nenvironment: {set: {MARK: %s}}\\n' \"$1\" \"$2\" >p.yaml;"
            + " chmod 644 p.yaml; touch -d 2020-01-01 p.yaml";
    for (String mark : List.of("one", "two", "six")) {
      Sandbox.none()
          .as(user)
          .in(place)
          .run("sh", "-c", write, "sh", design.profile(), mark)
          .endsWith(0);
      Sandbox sandbox = design.as(user, place.resolve("p.yaml").toString()).in(place);
      sandbox.sh("echo $MARK").prints(mark);
      sandbox.sh("echo $MARK").prints(mark);
    }
  }

  @Attack(Way.PATTERNS)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource(CELLS)
  void aPatternIsRefused(Design design, User user) {
    design.as(user).with("--hide=~/**/.env").run("true").refuses("**/.env");
    design.as(user).with("--protect=src/*").run("true").refuses("src/*");
  }

  @Attack({Way.BACKGROUND, Way.BOMBS})
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource(CELLS)
  void whatIsInTheBackgroundEndsWithTheTime(Design design, User user) {
    String mark = "7" + System.nanoTime();
    String script =
        "trap '' TERM; (trap '' TERM; setsid sleep %s) >/dev/null 2>&1 & sleep %s"
            .formatted(mark, mark);
    Result result = design.as(user).with("--time=1s").sh(script);
    assertNotEquals(0, result.status(), result::toString);
    Patience.until("it is gone", () -> Host.processWith(mark).isEmpty());
  }

  /** As much as the whole machine may have would go through one process. */
  @Attack(Way.BOMBS)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource(CELLS)
  void memoryIsLimited(Design design, User user) {
    Result result =
        design
            .as(user)
            .with("--memory=64M", "--best-effort")
            .sh("head -c 400M /dev/zero | tail -c 300M | wc -c");
    assertNotEquals(Long.toString(300L << 20), result.text(), result::toString);
  }

  static Stream<Arguments> withMounts() {
    return Design.cells().filter(cell -> ((Design) cell.get()[0]).hasNewRoot());
  }

  /** Somebody outside swaps a directory for a symlink while things are mounted below it. */
  @Attack(Way.DESTINATIONS)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("withMounts")
  void aDestinationIsNotSwappedForASymlink(Design design, User user) throws Exception {
    Path place = place(user, "race-" + design.name());
    Path target = Files.createDirectories(user.outside().resolve("raced-" + design.name()));
    String swap =
        "cd \"$1\" && mkdir d && ln -s \"$2\" l && echo; while kill -0 $PPID;"
            + " do mv -T d x; mv -T l d; mv -T d l; mv -T x d; done 2>/dev/null";
    Sandbox sandbox = design.as(user).with("--tmpfs=" + place.resolve("d/inner"));
    try (Running swapping =
        Sandbox.none().as(user).start("sh", "-c", swap, "sh", place + "", target + "")) {
      swapping.line();
      for (int i = 0; i < STARTS; i++) {
        Result result = sandbox.sh("echo x >\"$1/d/inner/made\"; true", place.toString());
        assertTrue(List.of(0, 125).contains(result.status()), result::toString);
      }
    }
    try (Stream<Path> made = Files.list(target)) {
      assertEquals(List.of(), made.toList());
    }
    for (String name : Arrays.asList("d", "x")) {
      assertFalse(Files.exists(place.resolve(name + "/inner/made")), name);
    }
  }
}
