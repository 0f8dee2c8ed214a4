package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Chromium, which puts its renderers into a sandbox of its own, inside ours and as it is. */
class BrowserTest {
  private static final String CHROMIUM = "chromium --headless --user-data-dir=/tmp/browser ";
  private static final String PAGE =
      "echo '<script>document.write(6*7+\"!\")</script>' >/tmp/page.html; ";

  /** The first renderer's pid namespaces, from where it is seen, and whether it has a filter. */
  private static final String RENDERER =
      PAGE
          + CHROMIUM
          + "--remote-debugging-port=0 file:///tmp/page.html >/tmp/log 2>&1 & browser=$!;"
          + " while kill -0 $browser; do for p in /proc/[0-9]*; do"
          + " if tr '\\0' ' ' <$p/cmdline | grep -q -- [-]-type=renderer; then"
          + " awk '/^NSpid/ {print NF-1} /^Seccomp:/ {print $2}' $p/status; kill $browser; exit; fi;"
          + " done; sleep 0.1; done 2>/dev/null; cat /tmp/log";

  @BeforeAll
  static void thereIsOne() {
    Requires.command("chromium");
  }

  static Stream<Arguments> nesting() {
    return Stream.of(User.values())
        .flatMap(
            user ->
                Stream.of(
                    Arguments.of(Shipped.BALANCED, List.of(), user),
                    Arguments.of(Shipped.SANDBOX, List.of("--nesting"), user)));
  }

  private static Sandbox sandbox(Shipped profile, List<String> options, User user) {
    // Chromium itself refuses to run as root.
    Sandbox sandbox = profile.as(user).with(options.toArray(String[]::new));
    return user == User.ROOT ? sandbox.with("--identity=1000:1000") : sandbox;
  }

  @ParameterizedTest
  @MethodSource("nesting")
  void aPageIsRendered(Shipped profile, List<String> options, User user) {
    Result result =
        sandbox(profile, options, user).sh(PAGE + CHROMIUM + "--dump-dom file:///tmp/page.html");
    assertTrue(result.text().contains("42!"), result::toString);
  }

  @ParameterizedTest
  @MethodSource("nesting")
  void itsOwnSandboxIsInForce(Shipped profile, List<String> options, User user) {
    List<String> lines = sandbox(profile, options, user).sh(RENDERER).lines();
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(Integer.parseInt(lines.get(0)) > 1, "a pid namespace of its own: " + lines);
    assertEquals("2", lines.get(1), "a filter");
  }
}
