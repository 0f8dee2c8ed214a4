package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.ClosedDirectories;
import dev.hexe.policy.verification.environment.ForeignFiles;
import dev.hexe.policy.verification.environment.HiddenPaths;
import dev.hexe.policy.verification.environment.ListedPaths;
import dev.hexe.policy.verification.environment.Samples;
import dev.hexe.policy.verification.environment.TestEnvironment;
import dev.hexe.policy.verification.environment.WritablePlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Only listed paths are reachable, and what is listed for reading cannot be changed. */
final class FileChecks {
  private static final String NEW = ".hexe-verify-new";
  private static final int MOST_MOUNTS = 4;
  private static final int MOST_ENTRIES = 5;

  /** What a sandbox has of its own; /tmp and /dev have trials of their own. */
  private static final Set<Path> OWN = Set.of(Path.of("/proc"), Path.of("/dev"), Path.of("/tmp"));

  /** A write to these changes the host, and uid 0 needs no capability for it. */
  private static final List<String> KERNEL_FILES =
      List.of("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/kernel/uevent_helper");

  private final Profile profile;
  private final TestEnvironment scene;
  private final ListedPaths listed;
  private final ClosedDirectories closed;
  private final ForeignFiles foreign;
  private final HiddenPaths hidden;

  FileChecks(Profile profile, Decisions decisions, TestEnvironment scene) {
    this.profile = profile;
    this.closed = new ClosedDirectories(profile, decisions, scene.workingDirectory());
    this.foreign = new ForeignFiles(profile, scene);
    this.scene = scene;
    this.listed = new ListedPaths(profile.files(), scene.workingDirectory());
    this.hidden = new HiddenPaths(profile, scene.workingDirectory());
  }

  List<Check> reach() {
    CheckList trials = new CheckList(Guarantee.FILES);
    boolean absent = profile.files().unlisted() == Unlisted.ABSENT;
    new CanaryChecks(trials, listed, absent).add(scene);
    if (absent) {
      otherEntriesOfTheRoot(trials);
    }
    trials
        .add(Expectation.value("0"), "inherited-descriptors")
        .add(Expectation.value("a path", path -> path.startsWith("/")), "working-directory");
    if (scene.caller().uid() == 0) {
      KERNEL_FILES.forEach(file -> trials.add(Expectation.denied(), "open-write", file));
    }
    listedPaths(trials);
    return trials.all();
  }

  private void otherEntriesOfTheRoot(CheckList trials) {
    Samples.entries(Path.of("/"), Integer.MAX_VALUE).stream()
        .filter(path -> !OWN.contains(path) && !listed.opens(path) && !listed.leadsTo(path))
        .filter(Files::isDirectory)
        .sorted()
        .limit(MOST_ENTRIES)
        .forEach(path -> trials.add(Expectation.absent("ENOENT"), "stat", path));
  }

  private void listedPaths(CheckList trials) {
    for (Path path : listed.read()) {
      Samples.file(path, this::isShown)
          .ifPresent(file -> trials.add(Expectation.allowed(), "open-read", file));
    }
    for (Path path : listed.write()) {
      if (Files.isWritable(path) && Samples.takesNewFiles(path)) {
        write(trials, path);
      }
    }
    Stream.concat(listed.list().stream(), listed.read().stream())
        .filter(path -> Files.isDirectory(path) && Files.isReadable(path) && isShown(path))
        .forEach(path -> trials.add(Expectation.allowed(), "list", path));
    Stream.of("/bin/true", "/usr/bin/true")
        .filter(program -> Files.isExecutable(Path.of(program)) && listed.opens(Path.of(program)))
        .filter(program -> isShown(Path.of(program)))
        .forEach(program -> trials.add(Expectation.allowed(), "execute", program));
  }

  private void write(CheckList trials, Path path) {
    if (foreign.has(path)) {
      trials.omit(Expectation.allowed(), "write " + path, ForeignFiles.REASON);
    } else if (Files.isDirectory(path) && closed.contains(path)) {
      trials.omit(
          Expectation.allowed(),
          "create-file",
          "something is kept in `" + path + "`, and nothing new is made beside it");
    } else if (Files.isDirectory(path)) {
      trials.add(Expectation.allowed(), "create-file", path.resolve(NEW));
    } else {
      trials.add(Expectation.allowed(), "open-write", path);
    }
  }

  List<Check> readOnly() {
    CheckList trials = new CheckList(Guarantee.READ_ONLY);
    for (Path path : listed.read()) {
      if (Files.exists(path)) {
        unchangeable(trials, path);
      }
    }
    return trials.all();
  }

  /** Only what the caller could change otherwise shows that it is the sandbox which denies it. */
  private void unchangeable(CheckList trials, Path path) {
    Expectation denied = Expectation.denied();
    Stream.concat(WritablePlaces.in(path, scene).stream(), mountedBelow(path))
        .filter(directory -> Files.isDirectory(directory) && !isWritten(directory))
        .distinct()
        .forEach(directory -> trials.add(denied, "create-file", directory.resolve(NEW)));
    Samples.file(path, file -> isShown(file) && !isWritten(file))
        .filter(Files::isWritable)
        .ifPresent(file -> trials.add(denied, "open-write", file).add(denied, "truncate", file));
    Samples.directory(path)
        .filter(directory -> Files.isWritable(path))
        .ifPresent(directory -> trials.add(denied, "remove", directory));
    trials.add(denied, "remount-writable", path);
  }

  private boolean isShown(Path file) {
    return !hidden.have(file);
  }

  /** Whether the nearest list that has a file is one for writing, or it is the sandbox's own. */
  private boolean isWritten(Path file) {
    int written = Math.max(depth(listed.write(), file), depth(own(), file));
    return written > depth(listed.read(), file);
  }

  /** Places that the command can write, whatever the host has there. */
  private List<Path> own() {
    return profile.files().fixtures().all().stream()
        .filter(FileChecks::isOwn)
        .map(entry -> Path.of(entry.path()))
        .toList();
  }

  private static boolean isOwn(MountEntry entry) {
    return entry instanceof MountEntry.Tmpfs
        || entry instanceof MountEntry.Cache
        || (entry instanceof MountEntry.Bind bind && bind.writable());
  }

  private static int depth(List<Path> lists, Path file) {
    return lists.stream().filter(file::startsWith).mapToInt(Path::getNameCount).max().orElse(-1);
  }

  /** What is mounted below came along, and has to be read-only as well. */
  private Stream<Path> mountedBelow(Path path) {
    return scene.mountPoints().stream()
        .map(Path::of)
        .filter(mounted -> mounted.startsWith(path) && !mounted.equals(path))
        .filter(Files::isWritable)
        .limit(MOST_MOUNTS);
  }
}
