package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The needs of real programs are learned, and they work under the result. */
class LearnTest {
  private static final String PLANS = "learn-plans";

  private static Path home(User user, String name, String more) {
    Requires.namespaces(user);
    Requires.command("git");
    return OwnHome.made(
        user,
        "learn-" + name,
        "umask 022; rm -rf \"$1\"; mkdir -p \"$1/.run\" \"$1/proj\" \"$1/data/sub\" \"$1/.ssh\" && chmod 700 \"$1/.run\""
            + " && cd \"$1\" && echo one >data/one && echo two >data/two && echo three >data/sub/three"
            + " && echo key >.ssh/id_rsa && git init -q proj && "
            + more);
  }

  private static Sandbox learn(User user, Path home, String... options) {
    return OwnHome.sharing(user, home, PLANS, "learn", "-o", "learned").with(options);
  }

  private static Result apply(User user, Path home, String script) {
    return OwnHome.sharing(user, home, PLANS, "apply", "learned").sh(script);
  }

  private static String profile(Path home) throws Exception {
    return Files.readString(home.resolve(".config/hexe-policy/profiles/learned.yaml"));
  }

  /** Learned in some rounds, it fails under the base and works under the result. */
  private static void check(User user, Path home, String script) {
    OwnHome.sharing(user, home, PLANS, "apply", "project")
        .sh("exec >/dev/null 2>&1; if (" + script + "); then echo >&2; exit 1; fi")
        .endsWith(0);
    learn(user, home, "--rounds=8").sh(script).endsWith(0);
    apply(user, home, script).endsWith(0);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void makeAndGitUseWhatLiesElsewhere(User user) throws Exception {
    Requires.path("/usr/bin/make");
    Path home =
        home(
            user,
            "make",
            "mkdir results && printf 'all:\\n\\tcat ~/data/one ~/data/sub/three >out\\n\\tcp out ~/results/made\\n' >proj/Makefile"
                + " && git init -q lib && cd lib && echo x >x && git add x && git -c user.name=a -c user.email=a@b commit -qm x");
    check(
        user,
        home,
        "rm -rf lib; make -s; made=$?; git clone -q ~/lib lib && cat lib/x && exit $made");
    assertEquals("one\nthree\n", Files.readString(home.resolve("results/made")));
    String learned = profile(home);
    for (String line :
        List.of("  - ~/data/one", "  - ~/data/sub/three", "  - ~/results", "network: none")) {
      assertTrue(learned.contains("\n" + line + "  # learned"), learned);
    }
    assertFalse(learned.contains("~/data/two"), learned);
    assertFalse(learned.contains("- ~\n"), learned);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void pythonMakesAnEnvironmentAndRunsATool(User user) throws Exception {
    Requires.path("/usr/bin/python3");
    Path home =
        home(
            user,
            "python",
            "mkdir tools && echo x >tools/words && echo 'print(open(__file__.replace(\"run.py\", \"words\")).read())' >tools/run.py");
    check(user, home, "python3 -m venv --without-pip .venv && .venv/bin/python ~/tools/run.py");
    assertTrue(profile(home).contains("  - ~/tools/words  # learned: python"), profile(home));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void npmInstallsAPackageOfTheHome(User user) throws Exception {
    Requires.path("/usr/bin/npm");
    Path home =
        home(
            user,
            "npm",
            "mkdir -p pkgs/dep && echo '{\"name\":\"dep\",\"version\":\"1.0.0\"}' >pkgs/dep/package.json"
                + " && echo 'module.exports = 7' >pkgs/dep/index.js"
                + " && echo '{\"name\":\"p\",\"version\":\"1.0.0\",\"dependencies\":{\"dep\":\"file:../pkgs/dep\"}}' >proj/package.json");
    check(
        user,
        home,
        "rm -rf node_modules && npm install --offline --no-audit --no-fund --silent && node -e 'process.exit(require(\"dep\") - 7)'");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void runsAddUpAndWhatIsWrittenByHandStays(User user) throws Exception {
    Path home = home(user, "merge", "true");
    Result first = learn(user, home).sh("cat ~/data/one ~/.ssh/id_rsa").endsWith(1);
    first.complains(
        "hexe-policy: run 1 of at most 1: status 1; 1 granted, 1 to be asked\n",
        "hexe-policy: 1 entry added to the profile `learned` (1 run, status 1):\n",
        "  + read  ~/data/one  (cat)\n",
        "  ? read ~/.ssh/id_rsa: ~/.ssh: it holds private keys (cat)\n");
    OwnHome.in(Sandbox.none(), user, home, "proj")
        .sh(
            "cd ~/.config/hexe-policy/profiles; sed -i 's/^summary: .*/summary: mine   # by hand/' learned.yaml;"
                + " echo 'limits: {pids: 300}' >>learned.yaml")
        .endsWith(0);
    learn(user, home, "--rounds=3").sh("cat ~/data/two").endsWith(0);
    String learned = profile(home);
    assertTrue(learned.contains("summary: mine   # by hand\n"), learned);
    assertTrue(learned.contains("limits: {pids: 300}\n"), learned);
    apply(user, home, "cat ~/data/one ~/data/two").prints("one\ntwo");
    learn(user, home, "--rounds=2").sh("cat ~/data/one").endsWith(0);
    assertEquals(learned, profile(home), "nothing is added twice");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void whatIsCommentedOutIsNotGrantedAgain(User user) throws Exception {
    Path home = home(user, "declined", "true");
    learn(user, home)
        .sh("cat ~/data/one ~/data/two")
        .complains("hexe-policy: 2 entries added to the profile `learned` (1 run, status 1):\n");
    OwnHome.in(Sandbox.none(), user, home, "proj")
        .sh(
            "sed -i 's|^  - ~/data/one|  # - ~/data/one|' ~/.config/hexe-policy/profiles/learned.yaml")
        .endsWith(0);
    Result result = learn(user, home, "--rounds=3").sh("cat ~/data/one ~/data/two");
    assertTrue(result.stderr().contains("- read  ~/data/one"), result.stderr());
    apply(user, home, "cat ~/data/two; cat ~/data/one 2>/dev/null || echo no").prints("two\nno");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void manyFilesBecomeTheirDirectory(User user) throws Exception {
    Path home =
        home(user, "many", "mkdir many && for i in 1 2 3 4 5 6 7 8 9; do echo $i >many/$i; done");
    // some are granted one by one before there are too many of them
    String reads =
        "cat ~/many/1 ~/many/2 ~/many/3 && cat ~/many/4 ~/many/5 ~/many/6 ~/many/7 ~/many/8 ~/many/9";
    learn(user, home, "--rounds=20", "--generalize=4").sh(reads).endsWith(0);
    assertTrue(profile(home).contains("  - ~/many  # learned: cat\n"), profile(home));
    assertFalse(profile(home).contains("~/many/"), profile(home));
    learn(user, home, "--generalize=0").sh("cat ~/data/one");
    assertTrue(profile(home).contains("  - ~/data/one  # learned"), profile(home));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void oneRunUnderAWiderProfileIsEnough(User user) throws Exception {
    Path home = home(user, "trace", "mkdir listed && echo x >listed/x");
    String script =
        "ls ~/listed >/dev/null && cat ~/data/one >/dev/null && cat ~/data/two >~/data/sub/copy && cat ~/.ssh/id_rsa >/dev/null";
    learn(user, home, "--trace-under=none").sh(script).endsWith(0);
    String learned = profile(home);
    assertTrue(learned.contains("  - ~/data/sub/copy  # learned: sh\n"), learned);
    assertTrue(learned.contains("list-if-present:\n  - ~/listed  # learned: ls\n"), learned);
    assertTrue(learned.contains("# question: read " + home + "/.ssh/id_rsa: "), learned);
    assertEquals(1, learned.split("# question").length - 1, "what the base has is no question");
    apply(
            user,
            home,
            "cat ~/data/one ~/data/two >~/data/sub/copy; cat ~/.ssh/id_rsa 2>/dev/null || echo no; cat ~/listed/x 2>/dev/null || echo no")
        .prints("no\nno");
    assertEquals("one\ntwo\n", Files.readString(home.resolve("data/sub/copy")));
  }

  @Test
  void programsGetItAsJson() {
    User user = User.ORDINARY;
    Path home = home(user, "json", "true");
    Result result =
        learn(user, home, "--rounds=4", "--json")
            .sh("echo out; cat ~/data/one ~/.ssh/id_rsa; exit 3");
    JsonObject document = JsonParser.parseString(result.endsWith(3).text()).getAsJsonObject();
    assertEquals(3, document.get("status").getAsInt());
    assertTrue(document.get("checked").getAsBoolean());
    JsonObject granted = document.getAsJsonArray("granted").get(0).getAsJsonObject();
    assertEquals("files.read-if-present", granted.get("list").getAsString());
    assertEquals(home + "/data/one", granted.get("value").getAsString());
    JsonObject question = document.getAsJsonArray("questions").get(0).getAsJsonObject();
    assertEquals("files: {read: [~/.ssh/id_rsa]}", question.get("yaml").getAsString());
    assertTrue(result.stderr().contains("out"), "the command's output is not in the way");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void theEnvironmentIsTheCallers(User user) {
    Path home = home(user, "environment", "true");
    learn(user, home)
        .where("LC_ALL", "C")
        .where("JAVA_TOOL_OPTIONS", "-Dx=y")
        .sh(
            "echo $LC_ALL $JAVA_TOOL_OPTIONS ${MALLOC_ARENA_MAX-unset}; env | grep -c HEXE_SAVED || true")
        .prints("C -Dx=y unset\n0");
  }

  @Test
  void mistakesAreToldBeforeAnythingRuns() throws Exception {
    User user = User.ORDINARY;
    Path home = home(user, "mistakes", "true");
    learn(user, home, "--from=nothing").sh("touch ran").refuses("unknown profile `nothing`");
    learn(user, home, "--rounds=0").sh("touch ran").refuses("is not a number from 1 to 20");
    OwnHome.sharing(user, home, PLANS, "learn", "-o", "full")
        .sh("touch ran")
        .refuses("built-in profile");
    OwnHome.sharing(user, home, PLANS, "learn").sh("touch ran").refuses("`--output` is missing");
    OwnHome.sharing(user, home, PLANS, "learn", "-o", "x").alone().refuses("no command given");
    OwnHome.sharing(user, home, PLANS, "learn", "-o", "x").run("no-such-command").endsWith(127);
    assertFalse(Files.exists(home.resolve("proj/ran")));
  }
}
