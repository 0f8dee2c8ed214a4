package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.ForeignFiles;
import dev.hexe.policy.verification.environment.Samples;
import dev.hexe.policy.verification.environment.TestEnvironment;
import dev.hexe.policy.verification.environment.WritablePlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tries that what the profile lays out is there with the rights it says, and its data is not
 * executed.
 */
final class MountEntryChecks {
  private static final String NEW = ".hexe-verify-new";
  private static final int OWNER_WRITES = 0300;
  private static final long MEBIBYTE = 1L << 20;
  private static final long MOST = 2048 * MEBIBYTE;

  private final FileAccess files;
  private final MountEntries fixtures;
  private final TestEnvironment scene;
  private final Path workingDirectory;
  private final ForeignFiles foreign;

  MountEntryChecks(Profile profile, TestEnvironment scene) {
    this.scene = scene;
    foreign = new ForeignFiles(profile, scene);
    files = profile.files();
    fixtures = files.fixtures();
    workingDirectory = scene.workingDirectory();
  }

  List<Check> layout() {
    CheckList trials = new CheckList(Guarantee.LAYOUT);
    Optional.ofNullable(fixtures.root())
        .filter(root -> !root.writable())
        .ifPresent(root -> unwritable(trials, Path.of("/"), path(root.source())));
    fixtures.all().forEach(fixture -> fixture(trials, fixture));
    fixtures.readOnly().stream()
        .filter(rule -> fixtures.all().stream().noneMatch(it -> it.path().equals(rule.path())))
        .forEach(rule -> unwritable(trials, path(rule.path()), path(rule.path())));
    return trials.all();
  }

  private void fixture(CheckList trials, MountEntry fixture) {
    Path path = path(fixture.path());
    if (files.forbidsWriting(fixture.path())) {
      trials.add(Expectation.allowed(), "stat", path);
      if (fixture instanceof MountEntry.Tmpfs) {
        sealed(trials, path);
      } else {
        unwritable(trials, path, source(fixture));
      }
    } else if (fixture instanceof MountEntry.Bind bind) {
      bind(trials, bind, path);
    } else if (fixture instanceof MountEntry.Tmpfs tmpfs) {
      tmpfs(trials, tmpfs, path);
    } else if (fixture instanceof MountEntry.Overlay overlay) {
      overlay(trials, overlay, path);
    } else if (!(fixture instanceof MountEntry.Cache cache) || isThere(cache)) {
      trials.add(Expectation.allowed(), "stat", path);
    }
  }

  /** Some are there only where the host has them, and none is made in what is the host's. */
  private boolean isThere(MountEntry.Cache cache) {
    boolean inOwn =
        fixtures.all().stream()
            .filter(MountEntry.Tmpfs.class::isInstance)
            .anyMatch(memory -> cache.path().startsWith(memory.path() + "/"));
    // What is kept of the outer one is a directory of the host's.
    boolean inCache =
        fixtures.all().stream()
            .filter(MountEntry.Cache.class::isInstance)
            .anyMatch(outer -> cache.path().startsWith(outer.path() + "/"));
    return Files.isDirectory(Path.of(cache.path()))
        || (inOwn && !inCache && cache.contents() != MountEntry.Cache.Contents.SHARED_IF_PRESENT);
  }

  private void bind(CheckList trials, MountEntry.Bind bind, Path path) {
    Path source = path(bind.source());
    if (!Files.exists(source)) {
      return;
    }
    trials.add(Expectation.allowed(), "stat", path);
    if (!bind.writable()) {
      unwritable(trials, path, source);
      Samples.file(source)
          .map(file -> path.resolve(source.relativize(file)))
          .filter(file -> Files.isWritable(source.resolve(path.relativize(file))))
          .ifPresent(
              file ->
                  trials
                      .add(Expectation.denied(), "open-write", file)
                      .add(Expectation.denied(), "truncate", file));
    } else if (foreign.has(source)) {
      trials.omit(Expectation.allowed(), "write " + path, ForeignFiles.REASON);
    } else if (Files.isDirectory(source) && Files.isWritable(source)) {
      trials.add(Expectation.allowed(), "create-file", path.resolve(NEW));
    }
  }

  private static void tmpfs(CheckList trials, MountEntry.Tmpfs tmpfs, Path path) {
    if ((tmpfs.mode() & OWNER_WRITES) != OWNER_WRITES) {
      trials.add(Expectation.allowed(), "stat", path);
      return;
    }
    trials
        .add(Expectation.allowed(), "create-file", path.resolve(NEW))
        .add(Expectation.denied("EINVAL"), "unmount", path);
    Expectation limited = Expectation.limited(answer -> answer.failedWith("ENOSPC"));
    if (tmpfs.size() > MOST) {
      trials.omit(limited, "fill " + path, "it is too large to be tried");
    } else {
      trials.add(limited, "fill", path, tmpfs.size() + MEBIBYTE);
    }
  }

  private void overlay(CheckList trials, MountEntry.Overlay overlay, Path path) {
    Path top = path(overlay.lower().get(0));
    trials.add(Expectation.allowed(), "list", path);
    if (overlay.changes() instanceof Changes.Refused) {
      unwritable(trials, path, top);
    } else if (foreign.has(top)) {
      trials.omit(Expectation.allowed(), "write " + path, ForeignFiles.REASON);
    } else if (Files.isWritable(top)) {
      trials.add(Expectation.allowed(), "create-file", path.resolve(NEW));
    }
  }

  /** Where on the host it is, or the path itself where it is made for the sandbox. */
  private Path source(MountEntry fixture) {
    return path(fixture instanceof MountEntry.Bind bind ? bind.source() : fixture.path());
  }

  /**
   * A directory of the sandbox's own, in which the command could make files if it were not sealed.
   */
  private static void sealed(CheckList trials, Path path) {
    trials.add(Expectation.denied("ENOTDIR"), "create-file", path.resolve(NEW));
    trials.add(Expectation.denied("ENOTDIR"), "remount-writable", path);
  }

  /** Nothing new can be made in it, where the caller could make something on the host. */
  private void unwritable(CheckList trials, Path path, Path source) {
    Expectation denied = Expectation.denied("ENOTDIR");
    List<Path> places =
        WritablePlaces.in(source, scene).stream()
            .map(place -> path.resolve(source.relativize(place)))
            .filter(place -> !isSpared(place) && isShown(place))
            .toList();
    if (places.isEmpty()) {
      trials.omit(denied, "create-file in " + path, "the user could write nothing there anyway");
    }
    places.forEach(place -> trials.add(denied, "create-file", place.resolve(NEW)));
    trials.add(denied, "remount-writable", path);
  }

  private boolean isSpared(Path place) {
    return files.sparedFromReadOnly().stream().anyMatch(spared -> place.startsWith(path(spared)));
  }

  /** Whether the sandbox has the place at all. */
  private boolean isShown(Path place) {
    return files.unlisted() == Unlisted.ALLOWED
        || fixtures.root() != null
        || isOfTheHost(place)
        || fixtures.all().stream().anyMatch(it -> place.startsWith(path(it.path())));
  }

  List<Check> noExecute() {
    CheckList trials = new CheckList(Guarantee.NO_EXECUTE);
    for (PathRule rule : fixtures.noExecute()) {
      Path path = path(rule.path());
      trials.add(Expectation.denied("ENOTDIR"), "execute-new", path.resolve(NEW));
      if (isOfTheHost(path)) {
        Samples.program(path).ifPresent(file -> trials.add(Expectation.denied(), "execute", file));
      }
    }
    return trials.all();
  }

  /** Whether what is at the path inside is what the host has there. */
  private boolean isOfTheHost(Path path) {
    boolean own = files.tmp().isPrivate() && path.startsWith("/tmp");
    return !own
        && fixtures.all().stream().noneMatch(fixture -> path.startsWith(path(fixture.path())))
        && Stream.concat(files.read().stream(), files.write().stream())
            .anyMatch(rule -> path.startsWith(path(rule.path())));
  }

  private Path path(String path) {
    return path.equals(PathRule.CWD) ? workingDirectory : Path.of(path);
  }
}
