package dev.hexe.policy.cli.changes;

import com.google.gson.JsonObject;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.library.ProfileSelection.Choice;
import dev.hexe.policy.profiles.project.OwnCaches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A profile under which the host's files stay as they are, and what is changed is kept apart. */
public final class ChangesKept {
  private static final String USUAL = "project";
  private static final String DIRECTORY = "changes";
  private static final Path FOR_HOMES = Path.of("/var/tmp");

  private final List<Path> stores;
  private final Path workingDirectory;

  public ChangesKept(Invocation invocation) {
    this.stores = stores(invocation);
    this.workingDirectory = invocation.profileContext().cwd();
  }

  /**
   * Where changes may be kept: beside caches or, for a profile that writes the home itself, in a
   * directory of the user's own outside.
   */
  public static List<Path> stores(Invocation invocation) {
    return List.of(
        OwnCaches.root(invocation.profileContext()).resolveSibling(DIRECTORY),
        outside(invocation.caller().uid()).resolve(DIRECTORY));
  }

  /** The directory outside of the home that all of it is in. */
  public static Path outside(long uid) {
    return FOR_HOMES.resolve("hexe-policy-" + uid);
  }

  /** Where nobody chooses, the project alone is written. */
  public Choice choice(Choice chosen) {
    return chosen.equals(Choice.DEFAULT) ? new Choice(chosen.source(), USUAL) : chosen;
  }

  /**
   * The profile with changes kept apart.
   *
   * @throws CommandException where it lets a command change what cannot be kept apart
   */
  public Profile on(Profile profile) {
    refuseTheWhole(profile);
    JsonObject about = new JsonObject();
    about.addProperty("profile", profile.name());
    about.addProperty("home", profile.home());
    MountEntry store = new MountEntry.ChangeStore(store(profile).toString(), about.toString());
    FileAccess files = profile.files();
    return profile
        .withFiles(files.withFixtures(files.fixtures().with(store)))
        .withDemand(Guarantee.LAYOUT, Demand.REQUIRED);
  }

  private static void refuseTheWhole(Profile profile) {
    MountEntries fixtures = profile.files().fixtures();
    MountEntries.Root root = fixtures.root();
    if (profile.files().unlisted() == Unlisted.ALLOWED || (root != null && root.writable())) {
      throw new CommandException(
          "under "
              + Printable.quote(profile.name())
              + " all files could be changed, wherever they are",
          "choose a profile that lists what is written, such as `project`");
    }
    if (profile.files().unlisted() != Unlisted.ABSENT) {
      throw new CommandException(
          "under "
              + Printable.quote(profile.name())
              + " a command works in the host's own tree, where nothing can be kept apart",
          "choose a profile that says `files.unlisted: absent`, such as `project`");
    }
    fixtures
        .overlays()
        .filter(overlay -> overlay.changes() instanceof MountEntry.Changes.Kept)
        .findFirst()
        .ifPresent(
            overlay -> {
              throw new CommandException(
                  "the overlay " + Printable.quote(overlay.path()) + " keeps its changes by itself",
                  "leave out its `upper`, or run the command with `apply`");
            });
  }

  private Path store(Profile profile) {
    return stores.stream()
        .filter(store -> written(profile).noneMatch(store::startsWith))
        .filter(ChangesKept::canBeMade)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "`try` finds no place for changes that the command cannot write itself",
                    "write fewer paths than "
                        + Printable.quote(stores.get(0).toString())
                        + " and "
                        + Printable.quote(stores.get(1).toString())
                        + " lie in, or make one of them writable to you"));
  }

  private Stream<Path> written(Profile profile) {
    return Stream.concat(
            profile.files().write().stream().map(PathRule::path),
            profile.files().fixtures().writtenSources())
        .map(path -> path.equals(PathRule.CWD) ? workingDirectory : Path.of(path))
        .map(ChangesKept::real);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  private static boolean canBeMade(Path store) {
    Path there = store;
    while (!Files.exists(there)) {
      Path above = there.getParent();
      if (above == null) {
        return false;
      }
      there = above;
    }
    return Files.isDirectory(there) && Files.isWritable(there);
  }
}
