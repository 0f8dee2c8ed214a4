package dev.hexe.policy.cli.plan;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.project.OwnCaches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Caches that are kept, a directory for each project with one for each sandbox at a time. */
public final class ProjectCaches {
  private static final String PROJECT = "project";
  private static final Path LOCKS = Path.of("/proc/locks");

  private final Path root;
  private final String locks;
  private final Path workingDirectory;

  private ProjectCaches(Path root, String locks, Path workingDirectory) {
    this.root = root;
    this.locks = locks;
    this.workingDirectory = workingDirectory;
  }

  /**
   * Those of one project.
   *
   * @param name of its directory
   * @param directory where they are
   * @param project the project's directory, or empty where that is not known
   * @param slots how many sandboxes have had some at the same time
   * @param bytes what they take
   * @param inUse whether a sandbox runs that has some
   */
  public record Kept(
      String name, Path directory, String project, int slots, long bytes, boolean inUse) {}

  public static ProjectCaches of(Invocation invocation) {
    ProfileContext context = invocation.profileContext();
    return new ProjectCaches(
        OwnCaches.root(context),
        invocation.reader().read(LOCKS.toString()).orElse(""),
        context.cwd());
  }

  public Path root() {
    return root;
  }

  /** All of them, in order. */
  public List<Kept> list() {
    return entries(root).stream()
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .map(this::kept)
        .toList();
  }

  /**
   * Those of one project.
   *
   * @throws CommandException where there are none
   */
  public Kept named(String nameOrDirectory) {
    String directory = workingDirectory.resolve(nameOrDirectory).normalize().toString();
    Optional<Kept> found =
        list().stream()
            .filter(kept -> kept.name().equals(nameOrDirectory) || kept.project().equals(directory))
            .findFirst();
    return found.orElseThrow(
        () ->
            new CommandException(
                "no caches are kept for " + Printable.quote(nameOrDirectory),
                "`hexe-policy caches` lists those that are"));
  }

  /**
   * Removes them. Nobody finds them by their name any more before the first file goes.
   *
   * @throws CommandException where a sandbox has them, or something is left
   */
  public void remove(Kept kept) {
    Path gone = root.resolve(".removed-" + kept.name() + "-" + ProcessHandle.current().pid());
    try {
      if (kept.inUse()) {
        throw new CommandException(
            "a sandbox of " + Printable.quote(kept.project()) + " runs, and has its caches",
            "end it first, see `hexe-policy ps`");
      }
      Files.move(kept.directory(), gone);
      delete(gone);
    } catch (IOException e) {
      throw new CommandException(
          "cannot remove " + Printable.quote(kept.directory().toString()) + ": " + e.getMessage(),
          "");
    }
  }

  private Kept kept(Path directory) {
    List<Path> slots =
        entries(directory).stream()
            .filter(path -> String.valueOf(path.getFileName()).matches("[0-9]+"))
            .toList();
    return new Kept(
        String.valueOf(directory.getFileName()),
        directory,
        text(directory.resolve(PROJECT)),
        slots.size(),
        size(directory),
        slots.stream().anyMatch(this::isLocked));
  }

  /** A lock of the launcher's, as the kernel lists it: with device and number of the file. */
  private boolean isLocked(Path slot) {
    try {
      Object inode = Files.getAttribute(slot, "unix:ino", LinkOption.NOFOLLOW_LINKS);
      return locks
          .lines()
          .anyMatch(line -> line.contains("FLOCK") && line.matches(".*:" + inode + " .*"));
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> entries(Path directory) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (IOException e) {
      return List.of();
    }
    entries.sort(Comparator.naturalOrder());
    return entries;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static long size(Path directory) {
    long[] sum = new long[1];
    walk(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  private static void walk(Path directory, SimpleFileVisitor<Path> visitor) {
    try {
      Files.walkFileTree(directory, visitor);
    } catch (IOException e) {
      // What cannot be looked at is not counted.
      return;
    }
  }

  /** Directories of caches may be closed to their owner, and those of the kernel's are. */
  private static void delete(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    for (Path entry : entries(directory)) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        delete(entry);
      } else {
        Files.delete(entry);
      }
    }
    Files.delete(directory);
  }
}
