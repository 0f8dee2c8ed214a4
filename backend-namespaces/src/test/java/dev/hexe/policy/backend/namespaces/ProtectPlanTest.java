package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guards that a profile comes down to. */
class ProtectPlanTest {
  private static final Caller CALLER = new Caller(1000, 1000, Set.of(), 0);
  private static final Set<Opcode> GUARDS = Set.of(Opcode.PROTECT, Opcode.HIDE, Opcode.WATCH);

  private final FakeTree tree =
      FakeTree.mergedUsr()
          .files("/home/me/.bashrc", "/home/me/.ssh/known_hosts", "/data/dotfiles/vimrc")
          .directories(
              "/home/me/.claude/projects",
              "/home/me/.ssh/state",
              "/home/me/.aws",
              "/data/config/fish")
          .link("/home/me/.vimrc", "dotfiles/vimrc")
          .link("/home/me/dotfiles", "/data/dotfiles")
          .link("/home/me/.config", "/data/config")
          .link("/home/me/.dangling", "elsewhere");

  @Test
  void whatIsWrittenIsProtectedAndWatched() {
    assertEquals(
        List.of("watch /home/me/.bashrc\n/home/me/.new", "protect /home/me/.bashrc\n/home/me/.new"),
        guards(home().protect("/home/me/.bashrc", "/home/me/.new")));
  }

  @Test
  void whatCannotBeWrittenNeedsNoProtection() {
    assertEquals(List.of(), guards(home().protect("/etc/profile", "/root/.bashrc")));
  }

  @Test
  void symlinksAndWhatTheyLeadToAreProtected() {
    assertEquals(
        List.of("protect /home/me/.vimrc\n/home/me/dotfiles 1"),
        guards(home().protect("/home/me/.vimrc")));
    assertEquals(
        List.of(
            "watch /data/dotfiles/vimrc",
            "protect /home/me/.vimrc\n/home/me/dotfiles 1",
            "protect /data/dotfiles/vimrc"),
        guards(home().write("/data").protect("/home/me/.vimrc")));
  }

  @Test
  void soAreThoseThatLeadNowhere() {
    assertEquals(
        List.of(
            "watch /home/me/elsewhere",
            "protect /home/me/.dangling 1",
            "protect /home/me/elsewhere"),
        guards(home().protect("/home/me/.dangling")));
  }

  @Test
  void whatIsMissingBehindASymlinkIsLookedForWhereItWouldBe() {
    assertEquals(
        List.of(
            "watch /data/config/new/below",
            "protect /home/me/.config 1",
            "protect /data/config/new/below"),
        guards(home().write("/data").protect("/home/me/.config/new/below")));
  }

  @Test
  void partsThatAreListedForWritingStaySo() {
    assertEquals(
        List.of(
            "watch /home/me/.claude\n/home/me/.claude/projects/settings",
            "protect /home/me/.claude/projects/settings",
            "protect /home/me/.claude but w projects"),
        guards(
            home()
                .write("/home/me/.claude/projects")
                .protect(
                    "/home/me/.claude",
                    "/home/me/.claude/hooks",
                    "/home/me/.claude/projects/settings")));
  }

  /** One of the two is in this machine's tree alone, the other in the plan's alone. */
  @Test
  void whatDecidesTheNextRunIsLookedForInTheTreeOfThePlan() {
    List<String> fixed = List.of("/etc/hosts", "/home/me/.aws");
    assertEquals(
        List.of("watch /etc/hosts"),
        guards(home().write("/etc").nextRun(fixed, List.of())).stream()
            .filter(told -> told.startsWith("watch"))
            .toList());
  }

  @Test
  void theWorkingDirectoryIsLookedAtLater() {
    assertEquals(
        List.of("watch @cwd/.envrc\n@cwd/.git/hooks", "protect @cwd/.envrc\n@cwd/.git/hooks 2"),
        guards(home().protect("@cwd/.envrc", "@cwd/.git/hooks")));
    assertEquals(List.of("hide @cwd/.env 2"), guards(home().hide("@cwd/.env")));
  }

  @Test
  void whatIsReachedIsHidden() {
    assertEquals(
        List.of("hide /home/me/.aws\n/etc/shadow"),
        guards(home().read("/etc").hide("/home/me/.aws", "/etc/shadow", "/root/.ssh")));
  }

  @Test
  void partsOfWhatIsHiddenCanBeShown() {
    assertEquals(
        List.of("hide /home/me/.ssh but r config, r known_hosts, w state"),
        guards(
            home()
                .read("/home/me/.ssh/known_hosts")
                .write("/home/me/.ssh/state")
                .hide("/home/me/.ssh")
                .show("/home/me/.ssh/config", "/home/me/.gnupg/x")));
  }

  @Test
  void whatIsSeenAtAnotherPathIsGuardedThere() {
    ProfileBuilder profile =
        ProfileBuilder.profile()
            .unlisted(Unlisted.ABSENT)
            .read("/usr")
            .fixture(new MountEntry.Bind("/home/me", "/work", true, false))
            .fixture(new MountEntry.Bind("/home", "/look", false, false))
            .protect("/home/me/.bashrc")
            .hide("/home/me/.aws");
    assertEquals(
        List.of(
            "watch /home/me/.bashrc", "protect /work/.bashrc", "hide /work/.aws\n/look/me/.aws"),
        guards(profile));
  }

  @Test
  void whatIsSeenBelowARootOfTheHostIsGuardedThere() {
    assertEquals(
        List.of("watch /home/me/.bashrc", "protect /.bashrc", "protect /.claude 16", "hide /.aws"),
        guards(
            root("/home/me")
                .protect("/home/me/.bashrc")
                .hide("/home/me/.aws")
                .nextRun(List.of("/home/me/.claude"), List.of("/run/me"))));
  }

  @Test
  void noRootIsAPartOfWhatIsGuarded() {
    for (String source : List.of("/home/me/.claude", "/home/me/.claude/projects")) {
      ProfileBuilder fixed = root(source).nextRun(List.of("/home/me/.claude"), List.of());
      ProfileBuilder closed = root(source).nextRun(List.of(), List.of("/home/me/.claude"));
      assertThrows(CannotCompileException.class, () -> guards(fixed));
      assertThrows(CannotCompileException.class, () -> guards(closed));
    }
    ProfileBuilder listed = root("/home/me/.claude").protect("/home/me/.claude");
    assertThrows(CannotCompileException.class, () -> guards(listed));
  }

  private static ProfileBuilder root(String source) {
    return ProfileBuilder.profile().unlisted(Unlisted.ABSENT).root(source, true);
  }

  @Test
  void whatIsHiddenNeedsNoProtectionButIsWatched() {
    assertEquals(
        List.of("watch /home/me/.ssh", "hide /home/me/.ssh"),
        guards(home().protect("/home/me/.ssh").hide("/home/me/.ssh", "/home/me/.ssh/id_rsa")));
  }

  @Test
  void whereEverythingIsAllowedAllOfItIsGuarded() {
    assertEquals(
        List.of("watch /etc/profile", "protect /etc/profile", "hide /root/.ssh"),
        guards(ProfileBuilder.profile().protect("/etc/profile").hide("/root/.ssh")));
  }

  private static ProfileBuilder nextRun() {
    return ProfileBuilder.profile()
        .unlisted(Unlisted.ABSENT)
        .read("/usr")
        .nextRun(List.of("/home/me/.claude"), List.of("/run/me"));
  }

  @Test
  void workingDirectoryThatIsPutAnywhereGivesNothingOfTheNextRun() {
    List<String> both = List.of("protect /home/me/.claude 18", "hide /run/me 18");
    assertEquals(List.of(), guards(nextRun()));
    assertEquals(both, guards(nextRun().write("@cwd")));
    assertEquals(List.of("hide /run/me 18"), guards(nextRun().read("@cwd")));
    for (String place : List.of("@cwd", "/work")) {
      assertEquals(
          both, guards(nextRun().fixture(new MountEntry.Bind("@cwd", place, true, false))));
      assertEquals(
          List.of("hide /run/me 18"),
          guards(nextRun().fixture(new MountEntry.Bind("@cwd", place, false, false))));
    }
  }

  @Test
  void placesOfGitAreHeldWhereverTheHostIsWritten() {
    tree.directories("/data/upper", "/data/work");
    MountEntry.Changes kept = new MountEntry.Changes.Kept("/data/upper", "/data/work");
    Profile profile =
        home()
            .protect("@cwd/.git/hooks")
            .fixture(new MountEntry.Bind("/home/me/.config", "/work", true, false))
            .fixture(new MountEntry.Overlay("/over", List.of("/usr"), kept))
            .fixture(
                new MountEntry.Cache(
                    "/cache",
                    MountEntry.Cache.Contents.OWN,
                    "/home/me/dotfiles/store",
                    "/p",
                    "n",
                    false))
            .build();
    assertEquals(
        List.of("/home/me\n/data/config\n/data/upper\n/data/dotfiles/store"),
        Compiled.on(tree, CALLER, profile).actions().stream()
            .filter(action -> action.opcode() == Opcode.GIT_PLACEHOLDERS)
            .map(action -> action.operands().get(2).toString())
            .toList());
  }

  private static ProfileBuilder home() {
    return ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/usr").write("/home/me");
  }

  private List<String> guards(ProfileBuilder profile) {
    return Compiled.on(tree, CALLER, profile.build()).actions().stream()
        .filter(action -> GUARDS.contains(action.opcode()))
        .map(ProtectPlanTest::told)
        .toList();
  }

  private static String told(Action action) {
    String kept =
        action.opcode() == Opcode.WATCH
            ? ""
            : action.operands().get(1).toString().replace("\n", ", ");
    String flags = action.opcode() == Opcode.WATCH ? "0" : action.operands().get(2).toString();
    return Stream.of(
            action.opcode().label(),
            action.operands().get(0).toString(),
            kept.isEmpty() ? "" : "but " + kept,
            flags.equals("0") ? "" : flags)
        .filter(word -> !word.isEmpty())
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }
}
