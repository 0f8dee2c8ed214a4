package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.ProfileBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A link that a command wrote in one run does not hand it more in the next. */
class PlantedLinksTest {
  private final FakeTree tree =
      FakeTree.mergedUsr().directories("/var/secret/a", "/home/me/real", "/data/me");

  private void compile(String listed) {
    Profile profile =
        ProfileBuilder.profile()
            .unlisted(Unlisted.ABSENT)
            .read("/bin", "/usr", listed)
            .write("/home/me")
            .build();
    PlantedLinks.refuse(profile.files(), tree);
  }

  @ParameterizedTest
  @CsvSource({
    "/home/me/data, /home/me/data, /var/secret",
    "/home/me/x/y, /home/me/x, ../../var/secret",
    "/home/me/up, /home/me/up, /",
  })
  void linkOutOfAWritableTreeIsRefused(String listed, String link, String target) {
    tree.link(link, target).directories("/var/secret/y");
    assertThrows(CannotCompileException.class, () -> compile(listed));
  }

  @Test
  void theMessageNamesTheLinkAndWhereItLeads() {
    tree.link("/home/me/data", "/var/secret");
    assertEquals(
        "`/home/me/data` leads to `/var/secret` through the symlink `/home/me/data`, which the"
            + " command could have made itself",
        assertThrows(CannotCompileException.class, () -> compile("/home/me/data")).getMessage());
  }

  @Test
  void linkWithinTheTreeIsFine() {
    tree.link("/home/me/data", "real");
    assertDoesNotThrow(() -> compile("/home/me/data"));
  }

  @Test
  void linkOfTheSystemIsFine() {
    assertDoesNotThrow(() -> compile("/lib"));
  }

  @Test
  void homeThatIsItselfASymlinkIsFine() {
    FakeTree linked = FakeTree.mergedUsr().directories("/data/me").link("/home/you", "/data/me");
    Profile profile = ProfileBuilder.profile().unlisted(Unlisted.ABSENT).write("/home/you").build();
    assertDoesNotThrow(() -> PlantedLinks.refuse(profile.files(), linked));
  }
}
