package dev.hexe.policy.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.files.HomeSamplesTest;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Under {@code project} and {@code agent} nothing of the host's is written but the project. */
class ProjectAttackTest {
  /**
   * Everything that can be done to a name, to each file's directory and to the next name in it: by
   * one program, which goes on where a call fails.
   */
  private static final String CHANGE =
      """
      sub put { open(my $file, $_[0], $_[1]) or return; print $file "x\\n"; close $file }
      sub make { my $at = ""; for (split "/", $_[0]) { $at .= "$_/"; mkdir $at } }
      while (my $name = <STDIN>) {
        chomp $name;
        my $file = "$ENV{HOME}/$name";
        (my $directory = $file) =~ s{/[^/]*$}{};
        put(">>", $file); put(">", "$file.new"); unlink $file; rename $directory, "$directory.away$.";
        symlink "/dev/null", $file; make($directory); put(">", $file);
      }
      rename $ENV{PWD}, "$ENV{PWD}.away"; print "all were tried\\n";
      """;

  /** All of a home but the project, with what is in it. */
  private static final String STATE =
      "cd \"$1\" && set -- . -path ./project -prune -o -path ./.local/state/hexe-policy -prune -o"
          // One after the other: find's own lines would be cut in two by those of the program it
          // runs.
          + " && { find \"$@\" -type f -exec sha256sum {} + ; find \"$@\" ! -type f -printf '%y %p %l\\n' ; }"
          // The last line of an output is known without what is blank at its end.
          + " | sed 's/ $//' | sort";

  /** Trees of the host's that the kernel would let the command write, but for caches of its own. */
  private static final String WRITABLE =
      "while read -r id above device root at options rest; do case $rest in"
          + " *'- tmpfs '*|*'- proc '*|*'- devpts '*|*'- mqueue '*|*'- overlay '*) continue; esac;"
          + " case $root in */hexe-policy/caches/*) continue; esac; case $options in rw,*) test -c \"$at\" || echo \"$at\"; esac; done </proc/self/mountinfo";

  private static final List<String> PROFILES = List.of("project", "agent");

  static Stream<Arguments> cells() {
    return PROFILES.stream()
        .flatMap(profile -> Arrays.stream(User.values()).map(user -> Arguments.of(profile, user)));
  }

  private static Path home(User user, String profile) throws IOException {
    Requires.namespaces(user);
    Path home = HomeSamplesTest.home(user, "attacked-by-" + profile);
    outside(user)
        .sh(
            "mkdir -p \"$1/project/.git/objects\" \"$1/project/.git/refs\" && echo 'ref: refs/heads/main' >\"$1/project/.git/HEAD\"",
            home + "")
        .endsWith(0);
    return home;
  }

  private static Sandbox outside(User user) {
    return Sandbox.none().as(user);
  }

  private static Sandbox inside(String profile, User user, Path home) {
    return Sandbox.profile(profile)
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("project"));
  }

  private static Set<String> state(User user, Path home) {
    return new TreeSet<>(outside(user).sh(STATE, home.toString()).endsWith(0).lines());
  }

  /** Whether an agent keeps its state there, so that `agent` lets it write. */
  private static boolean isStateOfAgents(String line) {
    return line.matches(
        ".* \\./(\\.(claude|codex|gemini|qwen|copilot|cursor|factory|kiro|augment|continue|aider)"
            + "|\\.local/(share|state)/(opencode|goose|amp|claude|crush|kiro-cli)"
            + "|\\.config/cursor/auth\\.json)(/.*|\\.away.*)? ?");
  }

  /** A key that an agent is told of in a file that it may only read. */
  private static boolean isKeyOfAgents(String file) {
    return file.equals(".config/goose/secrets.yaml");
  }

  @Attack(Way.RUN_LATER)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("cells")
  void nothingThatRunsLaterIsChanged(String profile, User user) throws IOException {
    Requires.command("perl");
    Path home = home(user, profile);
    List<String> samples = HomeSamplesTest.samples("run", "build", "secret", "needed");
    inside(profile, user, home).sh("true").endsWith(0);
    Set<String> before = state(user, home);
    inside(profile, user, home)
        .fed(HomeSamplesTest.text(samples))
        .run("perl", "-e", CHANGE)
        .prints("all were tried");
    Set<String> after = state(user, home);
    assertTrue(before.size() > 500, "the samples are there");
    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(after);
    Set<String> made = new TreeSet<>(after);
    made.removeAll(before);
    if (profile.equals("agent")) {
      List<String> obeyed = HomeSamplesTest.samples("run");
      assertTrue(
          gone.stream().noneMatch(it -> obeyed.contains(it.replaceFirst(".* \\./", ""))),
          gone::toString);
      gone.removeIf(ProjectAttackTest::isStateOfAgents);
      made.removeIf(ProjectAttackTest::isStateOfAgents);
    }
    assertEquals(Set.of(), gone);
    assertEquals(Set.of(), made);
  }

  @Attack(Way.HIDDEN)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("cells")
  void noSecretIsRead(String profile, User user) throws IOException {
    Path home = home(user, profile);
    Set<String> read =
        new TreeSet<>(
            inside(profile, user, home)
                .fed(HomeSamplesTest.text(HomeSamplesTest.samples("secret", "needed")))
                .sh(HomeSamplesTest.READ)
                .lines());
    read.remove("");
    HomeSamplesTest.samples("needed").forEach(read::remove); // builds fail without it
    if (profile.equals("agent")) {
      read.removeIf(file -> isStateOfAgents("f ./" + file) || isKeyOfAgents(file));
    }
    assertEquals(Set.of(), read);
  }

  /** What the kernel says of each mount, whatever any list has. */
  @Attack(Way.FILES)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("cells")
  void noTreeOfTheHostsIsWritableButTheProject(String profile, User user) throws IOException {
    Path home = home(user, profile);
    List<String> writable = inside(profile, user, home).sh(WRITABLE).endsWith(0).lines();
    String project = home.resolve("project").toString();
    assertFalse(writable.isEmpty());
    assertTrue(writable.contains(project), writable::toString);
    for (String tree : writable) {
      boolean ours =
          (tree + "/").startsWith(project + "/")
              || (profile.equals("agent")
                  && isStateOfAgents("d ./" + home.relativize(Path.of(tree))));
      assertTrue(ours, () -> tree + " of " + writable);
    }
  }
}
