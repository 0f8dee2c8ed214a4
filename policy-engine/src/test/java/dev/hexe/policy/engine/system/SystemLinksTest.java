package dev.hexe.policy.engine.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.ProfileBuilder;
import dev.hexe.policy.engine.system.SystemLinks.Followed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets of the system's own symlinks work inside, and no more than that. */
class SystemLinksTest {
  private static final String RESOLVER = "/etc/resolv.conf";

  private final FakeTree tree = FakeTree.mergedUsr();

  private static ProfileBuilder listing() {
    return ProfileBuilder.profile()
        .unlisted(Unlisted.ABSENT)
        .read("/usr", "/etc")
        .write("/home/me");
  }

  private Followed follow(Profile profile) {
    return SystemLinks.follow(profile, tree);
  }

  private static List<String> added(Followed followed) {
    return followed.targets().links().stream().map(FollowedLink::path).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/resolv.conf, ../run/systemd/resolve/stub.conf, /run/systemd/resolve/stub.conf",
    "/etc/resolv.conf, /mnt/wsl/resolv.conf, /mnt/wsl/resolv.conf",
    "/etc/localtime, /var/zone/Europe/Rome, /var/zone/Europe/Rome",
    "/etc/machine-id, /var/lib/dbus/machine-id, /var/lib/dbus/machine-id",
  })
  void whatItLeadsToIsListed(String link, String text, String target) {
    tree.link(link, text).files(target);
    Followed followed = follow(listing().build());
    assertTrue(followed.profile().files().read().contains(PathRule.ifPresent(link)));
    assertEquals(target, followed.targets().links().get(0).target());
    assertEquals(List.of(), followed.targets().warnings());
  }

  @Test
  void directoryIsFollowedToo() {
    tree.link("/etc/ssl/certs", "/var/certificates/pem").directories("/var/certificates/pem");
    assertEquals(List.of("/etc/ssl/certs"), added(follow(listing().build())));
  }

  @Test
  void linkAboveItIsFollowed() {
    tree.link("/etc/static", "/store/x").files("/store/x/hosts").link("/etc/hosts", "static/hosts");
    assertEquals(
        List.of(
            new FollowedLink(
                "/etc/hosts", "/store/x/hosts", "names of hosts are looked up with it")),
        follow(listing().build()).targets().links());
  }

  @Test
  void whatStaysWithinTheListsNeedsNothing() {
    tree.link("/etc/localtime", "/usr/share/zone").files("/usr/share/zone");
    Profile profile = listing().build();
    assertSame(profile, follow(profile).profile());
  }

  @Test
  void wayThroughWhatIsNotListedIsGivenEvenWhereItsEndIsListed() {
    tree.link(RESOLVER, "/run/name").link("/run/name", "/usr/end").files("/usr/end");
    assertEquals(List.of(RESOLVER), added(follow(listing().build())));
  }

  @Test
  void linkThatLeadsNowhereOutsideLeadsNowhereInside() {
    tree.link(RESOLVER, "/run/nothing");
    assertEquals(SystemTargets.NONE, follow(listing().build()).targets());
  }

  @Test
  void otherLinksAreNotFollowed() {
    tree.link("/etc/secret", "/var/secret").files("/var/secret");
    assertEquals(List.of(), added(follow(listing().build())));
  }

  @Test
  void profileThatDoesNotListTheLinkDoesNotGetWhatItLeadsTo() {
    tree.link(RESOLVER, "/run/x/resolv.conf").files("/run/x/resolv.conf");
    Profile profile = ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/usr").build();
    assertSame(profile, follow(profile).profile());
  }

  @Test
  void profileThatListsNothingIsLeftAlone() {
    tree.link(RESOLVER, "/run/x/resolv.conf").files("/run/x/resolv.conf");
    Profile profile = ProfileBuilder.profile().build();
    assertSame(profile, follow(profile).profile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/resolv.conf", "/run/x/resolv.conf", "/run/x"})
  void whatIsHiddenStaysHidden(String hidden) {
    tree.link(RESOLVER, "/run/x/resolv.conf").files("/run/x/resolv.conf");
    assertEquals(SystemTargets.NONE, follow(listing().hide(hidden).build()).targets());
  }

  @ParameterizedTest
  @CsvSource({
    "/home/me/link, /var/secret/key, could have made itself",
    "/tmp/resolv.conf, '', may have for itself",
  })
  void whatTheCommandOrOthersCouldHavePutThereIsAWarning(String first, String then, String words) {
    tree.link(RESOLVER, first);
    if (then.isEmpty()) {
      tree.files(first);
    } else {
      tree.link(first, then).files(then);
    }
    Followed followed = follow(listing().build());
    assertEquals(List.of(), added(followed));
    String warning = followed.targets().warnings().get(0);
    assertTrue(warning.startsWith("warning: `/etc/resolv.conf` leads to `"), warning);
    assertTrue(warning.contains(words) && warning.contains("`--read "), warning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/var", "/home", "/home/me/.."})
  void wholeTreesAreNotHandedOver(String wide) {
    tree.link("/etc/ssl/certs", wide).directories("/var/lib");
    Followed followed = follow(listing().build());
    assertEquals(List.of(), added(followed));
    assertTrue(followed.targets().warnings().get(0).contains("more than the system's files"));
  }

  @Test
  void socketsAndDevicesAreNotHandedOver() {
    tree.link(RESOLVER, "/run/x/socket").files("/run/x/socket");
    HostTree special =
        new HostTree() {
          @Override
          public Entry look(String path) {
            return tree.look(path);
          }

          @Override
          public boolean isRegularFile(String path) {
            return false;
          }
        };
    SystemTargets targets = SystemLinks.follow(listing().build(), special).targets();
    assertEquals(List.of(), targets.links());
    assertTrue(targets.warnings().get(0).contains("neither a regular file nor a directory"));
  }

  @Test
  void alternativesThatLieInVarAreFollowedOneByOne() {
    tree.link("/etc/alternatives/maps", "/var/lib/maps/own").files("/var/lib/maps/own");
    tree.link("/etc/alternatives/java", "/opt/jdk/bin/java").files("/opt/jdk/bin/java");
    assertEquals(List.of("/etc/alternatives/maps"), added(follow(listing().build())));
  }
}
