package dev.hexe.policy.cli.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The processes that are the launcher itself, started by this user outside any sandbox. A sandboxed
 * process can execute the launcher and call itself anything; it cannot be in our namespaces without
 * the marks of a sandbox. The launcher asks the same in {@code join_find.c}.
 */
final class LauncherProcesses {
  private static final List<String> SAME = List.of("root", "ns/user", "ns/pid", "ns/mnt", "ns/net");

  private final Path proc;
  private final Path launcher;
  private final Optional<ProcessEntry> self;

  LauncherProcesses(Path proc, Path launcher) {
    this.proc = proc;
    this.launcher = launcher;
    this.self = ProcessEntry.read(proc.resolve("self"), 0);
  }

  boolean include(ProcessEntry entry) {
    Path directory = proc.resolve(Long.toString(entry.pid()));
    return self.filter(entry::isMarkedLike).isPresent()
        && isSame(directory.resolve("exe"), launcher)
        && SAME.stream()
            .allMatch(name -> isSame(directory.resolve(name), proc.resolve("self").resolve(name)));
  }

  /** By device and inode; false also where we may not look. */
  private static boolean isSame(Path one, Path other) {
    try {
      return Files.getAttribute(one, "unix:ino").equals(Files.getAttribute(other, "unix:ino"))
          && Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"));
    } catch (IOException e) {
      return false;
    }
  }
}
