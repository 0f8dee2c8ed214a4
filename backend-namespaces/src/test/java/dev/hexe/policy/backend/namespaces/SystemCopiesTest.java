package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files of the system of which a sandbox has copies. */
class SystemCopiesTest {
  private static final String HOSTS_COPY =
      "put a copy at /etc/hosts, with something before it (ro,nosuid,nodev,noexec)";

  private final FakeTree tree = FakeTree.mergedUsr().files("/etc/hosts");

  private static ProfileBuilder sandbox() {
    return ProfileBuilder.profile()
        .identity(Identity.SELF)
        .unlisted(Unlisted.ABSENT)
        .read("/usr", "/etc")
        .write("/home/me");
  }

  private List<String> copies(Caller caller, Profile profile) {
    return Compiled.on(tree, caller, profile).actions().stream()
        .filter(action -> action.opcode() == Opcode.FILE_COPY)
        .map(Action::description)
        .toList();
  }

  @Test
  void sandboxWithANameOfItsOwnCanResolveIt() {
    Profile profile = sandbox().hostname("hexe").build();
    assertEquals(List.of(HOSTS_COPY), copies(Hosts.USER, profile));
    assertEquals(List.of(HOSTS_COPY), copies(Hosts.ROOT, profile));
    assertEquals(List.of(), copies(Hosts.USER, sandbox().build()));
  }

  @Test
  void hostsFileIsPutWhereItLies() {
    tree.link("/etc/hosts", "/usr/share/hosts").files("/usr/share/hosts");
    assertEquals(
        List.of(HOSTS_COPY.replace("/etc", "/usr/share")),
        copies(Hosts.USER, sandbox().hostname("hexe").build()));
  }

  @Test
  void whatTheCallerMayNotReadIsLeftAsItIs() {
    tree.unreadable("/etc/hosts", "/run/resolve/stub.conf", "/etc/ssh/own.conf")
        .text("/etc/ssh/ssh_config", "Include own.conf\n")
        .link("/etc/resolv.conf", "/run/resolve/stub.conf");
    Profile profile = sandbox().hostname("hexe").read("/run/resolve/stub.conf").build();
    assertEquals(List.of(), copies(Hosts.USER, profile));
  }

  @Test
  void whereThereIsNoneOrItIsNotShownNoneIsPut() {
    Profile elsewhere =
        ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/usr").hostname("hexe").build();
    assertEquals(List.of(), copies(Hosts.USER, elsewhere));
    Profile own =
        sandbox().hostname("hexe").fixture(new MountEntry.Tmpfs("/etc", 1 << 20, 0755)).build();
    assertEquals(List.of(), copies(Hosts.USER, own));
  }

  @Test
  void nameWithoutANewRootBringsMountsThatTheCommandMayUndo() {
    Profile profile = ProfileBuilder.profile().hostname("hexe").build();
    assertEquals(List.of(HOSTS_COPY), copies(Hosts.USER, profile));
    assertEquals(
        Set.of(CloneFlag.NEWUSER, CloneFlag.NEWUTS, CloneFlag.NEWNS),
        Compiled.on(tree, Hosts.USER, profile).namespaces());
  }

  @Test
  void resolverThatLiesWhereNothingElseIsShownIsFollowed() {
    tree.link("/etc/resolv.conf", "../run/resolve/stub.conf").files("/run/resolve/stub.conf");
    assertEquals(
        List.of("keep a copy at /run/resolve/stub.conf (ro,nosuid,nodev,noexec)"),
        copies(Hosts.ROOT, sandbox().readIfPresent("/etc/resolv.conf").build()));
  }

  @Test
  void resolverInADirectoryThatIsShownNeedsNoCopy() {
    tree.files("/etc/resolv.conf");
    assertEquals(
        List.of(), copies(Hosts.ROOT, sandbox().readIfPresent("/etc/resolv.conf").build()));
  }

  @Test
  void settingsOfSshBelongToWhoRunsIt() {
    tree.text("/etc/ssh/ssh_config", "Include ssh_config.d/*.conf");
    tree.files("/etc/ssh/ssh_config.d/50.conf");
    List<String> copies = copies(Hosts.USER, sandbox().build());
    assertEquals(1, copies.size());
    assertTrue(copies.get(0).startsWith("put a copy at /etc/ssh/ssh_config.d/50.conf "));
    assertEquals(List.of(), copies(Hosts.ROOT, sandbox().build()));
  }

  private List<String> copiesOfUsers(String users, Profile profile) {
    tree.text("/etc/passwd", users);
    return copies(Hosts.USER, profile);
  }

  private static ProfileBuilder withOwnHome() {
    return sandbox().fixture(new MountEntry.Tmpfs("/home/me", 1 << 20, 0700));
  }

  @Test
  void accountHasTheHomeThatIsTheSandboxsOwn() {
    String users = "root:x:0:0::/root:/bin/sh\nme:x:1000:1000:Me,,,:/home/else:/bin/sh\n";
    List<String> copy =
        List.of("put a copy at /etc/passwd, with something before it (ro,nosuid,nodev,noexec)");
    assertEquals(copy, copiesOfUsers(users, withOwnHome().build()));
    assertEquals(copy, copiesOfUsers(users, withOwnHome().identity(Identity.ROOT).build()));
    assertEquals(
        List.of(), copiesOfUsers(users, withOwnHome().identity(Identity.ids(7, 7)).build()));
    assertEquals(List.of(), copiesOfUsers(users, sandbox().build()));
  }

  @Test
  void usersStayAsTheyAreWhereTheyHaveThisHomeOrTheProfileHasItsOwn() {
    String users = "me:x:1000:1000::/home/me:/bin/sh\ntoo:x:1000:1000::/home/else:/bin/sh\n";
    assertEquals(List.of(), copiesOfUsers(users, withOwnHome().build()));
    Profile own = withOwnHome().fixture(new MountEntry.Text("/etc/passwd", "mine\n", 0644)).build();
    assertEquals(List.of(), copiesOfUsers("me:x:1000:1000::/home/else:/bin/sh\n", own));
  }

  @Test
  void accountIsAsTheHostHasItButForTheHome() {
    String name = inFile("José");
    tree.text("/etc/passwd", "me:x:1000:1000:" + name + ":/home/else:/bin/sh\n");
    assertEquals(
        List.of("me:x:1000:1000:" + name + ":" + inFile("/home/zoë") + ":/bin/sh\n"),
        prefixes(withHome("/home/zoë")));
    tree.text("/etc/passwd", "me:x:1000:1000::" + inFile("/home/zoë") + ":/bin/sh\n");
    assertEquals(List.of(), prefixes(withHome("/home/zoë")));
  }

  private static Profile withHome(String home) {
    return sandbox().home(home).fixture(new MountEntry.Tmpfs(home, 1 << 20, 0700)).build();
  }

  /** A character for each byte, as the host's files are read. */
  private static String inFile(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private List<String> prefixes(Profile profile) {
    return Compiled.on(tree, Hosts.USER, profile).actions().stream()
        .filter(action -> action.opcode() == Opcode.FILE_COPY)
        .map(action -> new String(action.operands().get(2).bytes(), StandardCharsets.ISO_8859_1))
        .toList();
  }
}
