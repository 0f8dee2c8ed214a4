package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ids of the command inside, and to the host. */
class IdentityTest {
  @ParameterizedTest
  @EnumSource
  void minimalIsRootInsideAndTheUserOutside(User user) throws Exception {
    Setting minimal = new Setting(Shipped.MINIMAL, user);
    assertEquals("0", minimal.inside().one("uid"));
    assertEquals("0", minimal.inside().one("gid"));
    assertEquals("0 " + user.uid() + " 1", map(minimal, "uid_map"));
    assertEquals("0 " + user.gid() + " 1", map(minimal, "gid_map"));
    Path made = user.home().resolve("made-by-minimal");
    minimal.sandbox().run("touch", made.toString()).endsWith(0);
    assertEquals((int) user.uid(), Files.getAttribute(made, "unix:uid"));
  }

  @ParameterizedTest
  @MethodSource("withOwnIds")
  void theUserHasTheirOwnIds(Setting setting) {
    assertEquals(Long.toString(setting.user().uid()), setting.inside().one("uid"));
    assertEquals(Long.toString(setting.user().gid()), setting.inside().one("gid"));
  }

  static Stream<Setting> withOwnIds() {
    return Setting.all().filter(setting -> setting.profile() != Shipped.MINIMAL);
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void noOtherIdExists(Setting setting) {
    long uid = setting.user().uid();
    long gid = setting.user().gid();
    assertEquals(uid + " " + uid + " 1", map(setting, "uid_map"));
    assertEquals(gid + " " + gid + " 1", map(setting, "gid_map"));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void nobodyBecomesSomebodyElse(Setting setting) {
    List<String> results = setting.sandbox().tries("become 12345", "join-group 12345");
    assertNotEquals("ok", results.get(0));
    assertNotEquals("ok", results.get(1));
  }

  @Attack(Way.GROUPS)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void theGroupsOfRootAreLeftBehind(Setting setting) {
    if (setting.user() == User.ROOT) {
      assertEquals("0", setting.inside().one("groups"));
    }
  }

  @Attack(Way.GROUPS)
  @Test
  void otherGroupsGiveNoAccess() throws Exception {
    Setting root = new Setting(Shipped.BALANCED, User.ROOT);
    root.sandbox().behind("setpriv", "--groups", "1,2,3", "--").sh("id -G").prints("0");
  }

  private static String map(Setting setting, String map) {
    return setting.inside().one(map).strip().replaceAll(" +", " ");
  }

  /** Root has one id inside, and none of the rights that another one's files ask for. */
  @Test
  void rootWritesAnotherUsersProjectWithAllIdsAlone() {
    Requires.root();
    Requires.user(User.ORDINARY);
    Path project = User.ORDINARY.outside();
    Sandbox sandbox = Shipped.BALANCED.as(User.ROOT).with("--write=" + project).in(project);
    sandbox
        .sh("touch roots")
        .endsWith(1)
        .complains(
            "belongs to a user who does not exist in the sandbox",
            "`--identity host --cap-add dac_override`");
    sandbox
        .with("--identity=host")
        .sh("touch roots && stat -c %u . && rm roots")
        .prints(Long.toString(User.ORDINARY.uid()));
    Sandbox.profile("project")
        .as(User.ROOT)
        .with("--identity=host", "--cap-add=dac_override")
        .in(project)
        .sh("touch roots && rm roots && echo as told")
        .prints("as told");
  }
}
