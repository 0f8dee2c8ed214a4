package dev.hexe.policy.profiles.project;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.profiles.context.Home;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.context.Project;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A home of the sandbox's own: an empty directory at the place of the host's. */
public final class OwnHome {
  private static final int MODE = 0700;

  /** Of accounts without a home. */
  private static final List<Path> NONE = List.of(Path.of("/"), Path.of("/nonexistent"));

  /** Where the sandbox has what is none of the caller's. */
  private static final List<Path> SYSTEMS =
      List.of(Path.of("/dev"), Path.of("/proc"), Path.of("/sys"));

  private static final Path TMP = Path.of("/tmp");

  private OwnHome() {}

  /**
   * What has to be put there. Java and others take the home of the account, whatever {@code HOME}
   * says; where the two differ, the one leads to the other.
   */
  public static Stream<MountEntry> fixtures(Settings settings, ProfileContext context) {
    if (!settings.get(Keys.HOME).isPrivate()) {
      return Stream.empty();
    }
    Path place = context.home().normalize();
    requirePlace(settings, place);
    List<MountEntry> fixtures = new ArrayList<>();
    String home = place.toString();
    fixtures.add(new MountEntry.Tmpfs(home, settings.get(Keys.HOME).size(), MODE));
    if (isElsewhere(settings, context)) {
      fixtures.add(ofAccount(settings, context, home));
    }
    return fixtures.stream();
  }

  /** As where a container says that the home is /tmp, which is the sandbox's own already. */
  private static void requirePlace(Settings settings, Path home) {
    boolean taken =
        SYSTEMS.stream().anyMatch(home::startsWith)
            || (home.equals(TMP) && settings.get(Keys.TMP).isPrivate());
    if (taken) {
      throw Home.refused(home.toString(), ", where no home can be made");
    }
  }

  /**
   * A link; where the project or something that is listed lies there, or the host's is there
   * anyhow, which no link can cover, an empty directory.
   */
  private static MountEntry ofAccount(Settings settings, ProfileContext context, String home) {
    String account = context.accountHome().toString();
    boolean covering = settings.get(Keys.UNLISTED) == Unlisted.ALLOWED;
    return covering || holdsSomething(settings, context)
        ? new MountEntry.Tmpfs(account, settings.get(Keys.HOME).size(), MODE)
        : new MountEntry.Symlink(home, account);
  }

  /** Tells that the account's home is there for something in it, as where a variable leads. */
  private static boolean holdsSomething(Settings settings, ProfileContext context) {
    Path account = context.accountHome();
    Project project = context.project();
    return (project.isUsed() && project.top().startsWith(account))
        || listed(settings).anyMatch(path -> path.startsWith(account) && Files.exists(path));
  }

  private static Stream<Path> listed(Settings settings) {
    return Keys.PATHS.stream()
        .flatMap(list -> settings.get(list).stream())
        .filter(rule -> !rule.path().startsWith("@"))
        .map(rule -> Path.of(rule.path()));
  }

  /** Whether something can be put at the account's home: nothing is made in what is listed. */
  private static boolean isElsewhere(Settings settings, ProfileContext context) {
    Path account = context.accountHome();
    Path home = context.home().normalize();
    return account.isAbsolute()
        && !NONE.contains(account)
        && !home.startsWith(account)
        && !account.startsWith(home)
        && listed(settings).noneMatch(account::startsWith);
  }
}
