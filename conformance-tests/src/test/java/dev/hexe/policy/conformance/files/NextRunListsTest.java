package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No working directory, wherever a profile puts it, is a way to what decides the next run. */
class NextRunListsTest {
  private static final String PROFILES = ".config/hexe-policy/profiles";

  private static Path home(User user, String name, String lists) {
    Path home = user.ownHome("next-run-lists-" + name);
    Sandbox.none()
        .as(user)
        .sh(
            "umask 022; rm -rf \"$1\"; mkdir -p \"$1/$2\" \"$1/proj\" && mkdir -m 700 \"$1/.run\" \"$1/.run/hexe-policy\""
                + " && cd \"$1\" && echo 'extends: none' >\"$2/mine.yaml\""
                + " && printf 'extends: sandbox\\nfiles: {unlisted: absent, %s}\\n' \"$3\" >t.yaml",
            home.toString(), PROFILES, lists)
        .endsWith(0);
    return home;
  }

  private static Sandbox started(User user, Path home, String directory) {
    return Sandbox.program("apply", home + "/t.yaml")
        .as(user)
        .where("HOME", home.toString())
        .where("XDG_RUNTIME_DIR", home + "/.run")
        .in(home.resolve(directory));
  }

  @Attack(Way.PROFILE)
  @ParameterizedTest
  @EnumSource
  void partToWriteOfATreeToReadIsNoneOfTheNextRun(User user) {
    Requires.namespaces(user);
    Path home = home(user, "part", "read: ['~'], write: ['${CWD}']");
    started(user, home, PROFILES)
        .sh(
            "exec 2>/dev/null; (echo x >new.yaml) && echo made; (: >>mine.yaml) && echo opened;"
                + " rm -f mine.yaml && echo removed; cat mine.yaml")
        .prints("extends: none");
    assertFalse(Files.exists(home.resolve(PROFILES + "/new.yaml")));
    started(user, home, "proj").sh("echo x >new && echo written").prints("written");
  }

  @Attack(Way.PROFILE)
  @ParameterizedTest
  @EnumSource
  void workingDirectoryAtAnotherPlaceShowsNothingOfTheNextRun(User user) {
    Requires.namespaces(user);
    Path home = home(user, "bind", "bind: ['${CWD}:/elsewhere']");
    for (String directory : new String[] {"", ".config", PROFILES, ".run", ".run/hexe-policy"}) {
      started(user, home, directory).sh("echo x >/elsewhere/new.yaml").refuses("would show");
      assertFalse(Files.exists(home.resolve(directory).resolve("new.yaml")));
    }
    started(user, home, "proj").sh("echo x >/elsewhere/new && echo written").prints("written");
  }

  @Attack(Way.PROFILE)
  @ParameterizedTest
  @EnumSource
  void rootOfTheHostIsNoWayAroundWhatIsKept(User user) {
    Requires.namespaces(user);
    Path home = home(user, "root", "tmp: host");
    String profile =
        "files: {unlisted: absent, root: '%s:access=write', bind: ['/usr:/usr', '/bin:/bin',"
            + " '/lib:/lib', '/lib64:/lib64']}\nhide: [~/secret]\nprotect: [~/fixed]\n";
    Sandbox.profile("none")
        .as(user)
        .sh(
            "umask 022; cd \"$1\" && echo secret >secret && echo fixed >fixed && for to in . $2 .config; do"
                + " mkdir -p $to/usr $to/bin $to/lib $to/lib64 $to/proc; done"
                + " && printf \"$3\" \"~\" >t.yaml && printf \"$3\" \"~/$2\" >part.yaml",
            home.toString(),
            PROFILES,
            profile)
        .endsWith(0);
    started(user, home, "proj")
        .with("--chdir", "/")
        .sh(
            "exec 2>&-; cat /secret; echo x >/fixed; echo x >/%s/new.yaml; echo x >/t.yaml;"
                    .formatted(PROFILES)
                + " cat /fixed; echo x >/proj/new && echo written")
        .prints("fixed\nwritten");
    assertFalse(Files.exists(home.resolve(PROFILES + "/new.yaml")));
    Sandbox.program("apply", home + "/part.yaml", "--chdir", "/")
        .as(user)
        .where("HOME", home.toString())
        .sh("echo x >/new.yaml")
        .refuses("cannot be the root");
    assertFalse(Files.exists(home.resolve(PROFILES + "/new.yaml")));
  }
}
