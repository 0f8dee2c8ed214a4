package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.ListedPaths;
import dev.hexe.policy.verification.environment.Samples;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tries that what is protected cannot be changed, and what is hidden cannot be opened. Files are
 * tried that are there, are the caller's to change, and would be within reach; nothing is removed,
 * for on a broken sandbox that would succeed.
 */
final class ProtectedPathChecks {
  private static final String NEW = ".hexe-verify-new";
  private static final int MOST_PATHS = 12;
  private static final int MOST_ENTRIES = 50;

  private final Profile profile;
  private final Path workingDirectory;
  private final ListedPaths listed;
  private final boolean everything;

  ProtectedPathChecks(Profile profile, TestEnvironment scene) {
    this.profile = profile;
    this.workingDirectory = scene.workingDirectory();
    this.listed = new ListedPaths(profile.files(), workingDirectory);
    this.everything = profile.files().unlisted() == Unlisted.ALLOWED;
  }

  List<Check> protectedPaths() {
    CheckList trials = new CheckList(Guarantee.PROTECTED);
    there(profile.protectedPaths())
        .filter(path -> Files.isWritable(path) && !isHidden(path) && isReached(path))
        .limit(MOST_PATHS)
        .forEach(path -> unchangeable(trials, path));
    return orNone(trials, "open-write of a protected file");
  }

  private void unchangeable(CheckList trials, Path path) {
    Expectation denied = Expectation.denied("EBUSY", "EXDEV");
    if (Files.isDirectory(path)) {
      trials.add(denied, "create-file", path.resolve(NEW));
    } else {
      trials
          .add(denied, "open-write", path)
          .add(denied, "truncate", path)
          .add(denied, "link", path);
    }
    stays(trials, path);
    trials.add(denied, "change-mode", path);
  }

  /** By another name, a later sandbox would not know it. */
  private void stays(CheckList trials, Path path) {
    Expectation denied = Expectation.denied("EBUSY", "EXDEV");
    trials.add(denied, "rename", path);
    Optional.ofNullable(path.getParent())
        .filter(parent -> parent.getNameCount() > 0 && !isInMemory(parent))
        .ifPresent(parent -> trials.add(denied, "rename", parent));
  }

  /** What is above it is the sandbox's own, and gone at the end under whatever name. */
  private boolean isInMemory(Path path) {
    return profile.files().fixtures().all().stream()
        .filter(MountEntry.Tmpfs.class::isInstance)
        .anyMatch(memory -> path.startsWith(memory.path()));
  }

  List<Check> hiddenPaths() {
    CheckList trials = new CheckList(Guarantee.HIDDEN);
    there(profile.hiddenPaths())
        .filter(path -> Files.isReadable(path) && isReached(path))
        .limit(MOST_PATHS)
        .forEach(path -> unreadable(trials, path, this::isShown, !isOwn(path)));
    return orNone(trials, "open-read of a hidden file");
  }

  List<Check> nextRun() {
    CheckList trials = new CheckList(Guarantee.NEXT_RUN);
    there(profile.nextRun().protectedPaths())
        .filter(path -> Files.isWritable(path) && !isHidden(path) && isReached(path))
        .limit(MOST_PATHS)
        .forEach(path -> unchangeable(trials, path));
    there(profile.nextRun().hiddenPaths())
        .filter(path -> Files.isReadable(path) && isReached(path))
        .limit(MOST_PATHS)
        .forEach(path -> unreadable(trials, path, entry -> false, true));
    return orNone(trials, "open-write of what decides the next run");
  }

  /** The command can write in a directory of its own in the place of the host's. */
  private boolean isOwn(Path path) {
    return profile.hiddenPaths().stream()
        .filter(ProtectedPath::own)
        .flatMap(this::places)
        .anyMatch(path::equals);
  }

  private void unreadable(
      CheckList trials, Path path, Predicate<Path> shown, boolean nothingIsMade) {
    Expectation denied = Expectation.denied();
    stays(trials, path);
    if (!Files.isDirectory(path)) {
      trials.add(denied, "open-read", path).add(denied, "open-write", path);
      return;
    }
    Samples.entries(path, MOST_ENTRIES).stream()
        .flatMap(entry -> Samples.file(entry).stream())
        .filter(file -> !shown.test(file))
        .sorted()
        .limit(2)
        .forEach(file -> trials.add(denied, "open-read", file));
    if (nothingIsMade) {
      trials.add(denied, "create-file", path.resolve(NEW));
    }
  }

  private static List<Check> orNone(CheckList trials, String act) {
    return trials.all().isEmpty()
        ? trials.omit(Expectation.denied(), act, "none of them is here, and within reach").all()
        : trials.all();
  }

  private Stream<Path> there(List<ProtectedPath> guards) {
    return guards.stream()
        .flatMap(this::places)
        .filter(path -> Files.exists(path) && isPlain(path));
  }

  private Stream<Path> places(ProtectedPath guard) {
    return guard.places(workingDirectory).stream().map(Path::of);
  }

  private boolean isReached(Path path) {
    return everything || listed.opens(path);
  }

  private boolean isHidden(Path path) {
    return profile.hiddenPaths().stream().flatMap(this::places).anyMatch(path::startsWith);
  }

  private boolean isShown(Path path) {
    return profile.safeguards().show().stream().anyMatch(path::startsWith)
        || !isHidden(path)
        || listed.read().contains(path)
        || listed.write().contains(path);
  }

  // What a name leads to is another matter, and the launcher gets the bytes that the JVM makes of
  // it.
  private static boolean isPlain(Path path) {
    return !Files.isSymbolicLink(path)
        && Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && path.toString().chars().allMatch(character -> character > ' ' && character < 127);
  }
}
