package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Things that a command which may write its home cannot reach: files, variables, and other ids. */
class ProtectedFilesTest {
  static Stream<Setting> guarding() {
    return Setting.of(Shipped.BALANCED, Shipped.SANDBOX, Shipped.FULL);
  }

  /** A project in a home, which profiles let the command write. */
  private static Path project(User user, String name) {
    Path place = user.ownHome("guarded-" + name).resolve("proj");
    Sandbox.none()
        .as(user)
        .sh(
            "rm -rf \"$1\" && mkdir -p \"$1/.git/hooks\" \"$1/keys\" \"$1/real\" && cd \"$1\""
                + " && echo git >.git/config && echo key >keys/one && echo token >token"
                + " && echo notes >real/notes && ln -s real/notes notes && echo hook >.git/hooks/post",
            place.toString())
        .endsWith(0);
    return place;
  }

  private static Sandbox inProject(Sandbox sandbox, Path place) {
    return sandbox.where("HOME", place.resolveSibling("").toString()).in(place);
  }

  @Attack(Way.RUN_LATER)
  @ParameterizedTest
  @MethodSource("guarding")
  void whatIsProtectedIsReadAndNotChanged(Setting setting) throws Exception {
    Path place = project(setting.user(), "read-" + setting.profile());
    inProject(setting.sandbox(), place)
        .with("--protect=./notes")
        .sh(
            "exec 2>/dev/null; cat .git/config notes; for file in .git/config .git/hooks/post notes real/notes; do"
                + " (echo x >>$file) && echo wrote $file; rm -f $file && echo removed $file;"
                + " mv $file moved && echo moved $file; ln $file linked && echo linked $file;"
                + " (echo x >new && mv -f new $file) && echo replaced $file; chmod 777 $file && echo opened $file;"
                + " done; mv .git other && echo moved .git; mv .git/hooks hooks && echo moved hooks;"
                + " (echo x >.git/hooks/new) && echo hooked; mv ../"
                + place.getFileName()
                + " ../gone && echo gone;"
                + " echo free >.git/free && readlink notes")
        .prints("git\nnotes\nreal/notes");
    assertEquals("git\n", Files.readString(place.resolve(".git/config")));
    assertEquals("notes\n", Files.readString(place.resolve("notes")));
    assertEquals("hook\n", Files.readString(place.resolve(".git/hooks/post")));
  }

  @Attack(Way.OBEYED_DATA)
  @ParameterizedTest
  @MethodSource("guarding")
  void aProjectIsProtectedFromWithin(Setting setting) throws Exception {
    Path place = project(setting.user(), "above-" + setting.profile());
    Path below = Files.createDirectories(place.resolve("part/of/it"));
    inProject(setting.sandbox(), place)
        .in(below)
        .sh(
            "exec 2>/dev/null; cd ../../..; cat .git/config; for file in .git/config .git/hooks/post; do"
                + " (echo x >>$file) && echo wrote $file; rm -f $file && echo removed $file; done;"
                + " mv .git other && echo moved;"
                + " mv $PWD ../gone && echo gone; mv part other && echo free")
        .prints("git\nfree");
    assertEquals("git\n", Files.readString(place.resolve(".git/config")));
    assertEquals("hook\n", Files.readString(place.resolve(".git/hooks/post")));
  }

  @Attack(Way.HIDDEN)
  @ParameterizedTest
  @MethodSource("guarding")
  void whatIsHiddenIsNotOpened(Setting setting) throws Exception {
    Path place = project(setting.user(), "hide-" + setting.profile());
    inProject(setting.sandbox(), place)
        .with("--hide=./keys", "--hide=./token", "--hide=./nothing")
        .sh(
            "exec 2>/dev/null; cat keys/one token && echo read; cp token copy && echo copied;"
                + " mv keys others && cat others/one; ls keys; (echo x >keys/new) && echo made;"
                + " umount keys && echo uncovered; echo end")
        .prints("end");
    assertEquals("key\n", Files.readString(place.resolve("keys/one")));
    assertFalse(Files.exists(place.resolve("nothing")));
  }

  @Attack(Way.RUN_LATER)
  @ParameterizedTest
  @EnumSource
  void whatComesIntoBeingIsTold(User user) {
    Requires.namespaces(user);
    Path place = project(user, "appears");
    Sandbox sandbox =
        inProject(Sandbox.profile("sandbox").as(user), place).with("--protect=./later");
    sandbox
        .sh("mkdir .vscode; echo x >later; exit 3")
        .endsWith(3)
        .complains(
            "/.vscode` was made meanwhile; editors run it",
            "/later` was made meanwhile; the profile protects it");
    sandbox.sh("echo x >later || echo kept").prints("kept");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsListedItselfIsNotKept(User user) {
    Requires.namespaces(user);
    Path place = project(user, "listed");
    inProject(Sandbox.profile("sandbox").as(user), place)
        .with("--hide=./keys", "--read=./keys/one", "--protect=./real", "--write=./real/notes")
        .sh("cat keys/one; echo more >>real/notes; tail -n 1 notes; ls keys")
        .prints("key\nmore\none");
  }

  @ParameterizedTest
  @EnumSource
  void variablesThatSpeakOfSecretsStayOutside(User user) {
    Requires.namespaces(user);
    Sandbox full =
        Sandbox.profile("full").as(user).where("GITHUB_TOKEN", "one").where("PLAIN", "two");
    String script = "echo ${GITHUB_TOKEN-none} ${PLAIN-none} ${MADE-none}";
    full.sh(script).prints("none two none");
    full.with("--keepenv=GITHUB_TOKEN", "--setenv=MADE=three").sh(script).prints("one two three");
    full.with("--unsetenv=PL*").sh(script).prints("none none none");
    full.with("--clearenv", "--keepenv=PATH").sh(script).prints("none none none");
  }

  @ParameterizedTest
  @EnumSource
  void subordinateIdsAreThereToBeUsed(User user) {
    Requires.namespaces(user);
    Sandbox minimal = Sandbox.profile("minimal").as(user).with("--identity=subordinate");
    boolean mapped = minimal.sh("[ $(wc -l </proc/self/uid_map) = 2 ]").status() == 0;
    assumeTrue(mapped || user == User.ROOT, "subordinate ids for an ordinary user");
    Path file = user.home().resolve("owned-by-another");
    minimal
        .sh(
            "id -u; id -G; touch \"$1\" && chown 33:34 \"$1\" && stat -c %u:%g \"$1\"; rm \"$1\"",
            file.toString())
        .prints("0\n0\n33:34");
  }
}
