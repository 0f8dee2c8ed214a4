package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of a home that the host runs later, or that hold secrets, tried one by one. */
public final class HomeSamplesTest {
  private static final String WRITTEN =
      "while IFS= read -r f; do { echo x >>\"$HOME/$f\"; } 2>/dev/null && echo \"$f\"; done; true";

  /** By the shell itself: hundreds of programs would take longer than all else. */
  public static final String READ =
      "while IFS= read -r f; do x=; { IFS= read -r x <\"$HOME/$f\"; } 2>/dev/null;"
          + " case $x in *sample*) echo \"$f\"; esac; done; true";

  static Stream<Setting> guarding() {
    return Setting.of(Shipped.BALANCED, Shipped.SANDBOX, Shipped.FULL);
  }

  @Attack({Way.RUN_LATER, Way.READ_INSTEAD})
  @ParameterizedTest
  @MethodSource("guarding")
  void onlyWhatBuildsNeedIsOpen(Setting setting) throws IOException {
    Path home = home(setting.user(), setting.profile().name());
    Sandbox sandbox = setting.sandbox().in(home).where("HOME", home.toString());
    assertEquals(
        sorted(samples("build")),
        sorted(sandbox.fed(text(samples("run", "build"))).sh(WRITTEN).lines()));
    assertEquals(
        sorted(samples("needed")),
        sorted(sandbox.fed(text(samples("secret", "needed"))).sh(READ).lines()));
  }

  /** Another place for the same files; those in the usual one are protected nevertheless. */
  @ParameterizedTest
  @EnumSource
  void directoriesOfTheDesktopMayBeElsewhere(User user) throws IOException {
    Requires.namespaces(user);
    Path home = home(user, "xdg");
    String script =
        "for d in .config elsewhere; do (echo x >>$HOME/$d/git/config) 2>/dev/null && echo $d;"
            + " cat $HOME/$d/gh/hosts.yml 2>/dev/null; done; true";
    Sandbox.none()
        .as(user)
        .sh(
            "mkdir \"$1/elsewhere\" && cp -r \"$1/.config/git\" \"$1/.config/gh\" \"$1/elsewhere\"",
            home.toString())
        .endsWith(0);
    Sandbox.profile("sandbox")
        .as(user)
        .in(home)
        .where("HOME", home.toString())
        .where("XDG_CONFIG_HOME", home + "/elsewhere")
        .sh(script)
        .prints("");
  }

  /**
   * Where only Landlock is to be had, the secrets of the usual list are kept by what lies beside.
   */
  @Attack(value = Way.HIDDEN, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void secretsAreKeptByLandlockAlone(User user) throws IOException {
    Requires.landlock(1);
    Path home = home(user, "landlock");
    List<String> read =
        Sandbox.profile("isolated")
            .as(user)
            .in(home)
            .with("--hide=default")
            .where("HOME", home.toString())
            .fed(text(samples("secret", "needed")))
            .sh(READ)
            .lines();
    assertEquals(sorted(samples("needed")), sorted(read));
  }

  public static Path home(User user, String name) throws IOException {
    Path home = user.ownHome("samples-" + name);
    Sandbox.none()
        .as(user)
        .fed(text(samples("run", "build", "secret", "needed")))
        .sh(
            "rm -rf \"$1\" && mkdir \"$1\" && cd \"$1\" && cat >.names && sed -n 's|/[^/]*$||p' .names | xargs -d '\\n' mkdir -p"
                + " && while IFS= read -r f; do echo sample >\"$f\" || exit 1; done <.names && rm .names",
            home.toString())
        .endsWith(0);
    return home;
  }

  public static List<String> samples(String... kinds) throws IOException {
    try (InputStream stream = HomeSamplesTest.class.getResourceAsStream("home-samples.txt")) {
      assertTrue(stream != null, "home-samples.txt");
      List<String> lines =
          new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return Stream.of(kinds)
          .flatMap(
              kind ->
                  lines.stream()
                      .filter(line -> line.startsWith(kind + " "))
                      .map(line -> line.substring(kind.length() + 1)))
          .toList();
    }
  }

  public static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static Set<String> sorted(List<String> lines) {
    return new TreeSet<>(lines.stream().filter(line -> !line.isEmpty()).toList());
  }
}
