package dev.hexe.policy.verification.environment;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds files on the host to try something with. */
public final class Samples {
  private static final int LOOKS = 400;
  private static final Path PROC = Path.of("/proc");

  private static final Set<String> WITHOUT_NEW_FILES = Set.of("devpts", "proc", "sysfs");

  private Samples() {}

  /** A regular file at or below {@code tree} that the caller can read; rather one it can write. */
  public static Optional<Path> file(Path tree) {
    return file(tree, path -> true);
  }

  /** The same among those that fit. */
  public static Optional<Path> file(Path tree, Predicate<Path> fits) {
    if (tree.equals(PROC)) {
      return Optional.of(PROC.resolve("version")).filter(Files::isReadable);
    }
    return files(tree).stream()
        .filter(path -> Files.isReadable(path) && fits.test(path))
        .min(Comparator.comparing(Samples::isNotWritable).thenComparing(Samples::length));
  }

  /** A file at or below {@code tree} that the caller can execute. */
  public static Optional<Path> program(Path tree) {
    return files(tree).stream()
        .filter(Files::isExecutable)
        .min(Comparator.comparing(Samples::length));
  }

  private static List<Path> files(Path tree) {
    List<Path> found = new ArrayList<>();
    Deque<Path> waiting = new ArrayDeque<>(List.of(tree));
    for (int looks = 0; looks < LOOKS && !waiting.isEmpty(); looks++) {
      Path path = waiting.remove();
      if (isFile(path) && isPlain(path)) {
        found.add(path);
      } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || path.equals(tree)) {
        entries(path, LOOKS - waiting.size()).forEach(waiting::add);
      }
    }
    return found;
  }

  /** A directory below {@code tree}: it cannot be removed as a file, but who could is told so. */
  public static Optional<Path> directory(Path tree) {
    return entries(tree, LOOKS).stream()
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && isPlain(path))
        .min(Comparator.comparing(Samples::isNotWritable).thenComparing(Samples::length));
  }

  /** Whether the file system of {@code path} lets anybody make files. */
  public static boolean takesNewFiles(Path path) {
    try {
      return !WITHOUT_NEW_FILES.contains(Files.getFileStore(path).type());
    } catch (IOException e) {
      return false;
    }
  }

  /** Some entries of a directory; none where it cannot be listed. */
  public static List<Path> entries(Path directory, int most) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        if (entries.size() == most) {
          break;
        }
        entries.add(entry);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return entries;
    }
    return entries;
  }

  private static boolean isNotWritable(Path path) {
    return !Files.isWritable(path);
  }

  private static int length(Path path) {
    return path.toString().length();
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  // The launcher gets the bytes that the JVM makes of it.
  private static boolean isPlain(Path path) {
    return path.toString().chars().allMatch(character -> character > ' ' && character < 127);
  }
}
