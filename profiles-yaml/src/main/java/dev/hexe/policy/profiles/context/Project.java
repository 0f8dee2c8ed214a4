package dev.hexe.policy.profiles.context;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The project that the working directory is in: the top of its git work tree, else the directory
 * itself. Looks at the host, once, and remembers what a plan depends on for it.
 *
 * <p>A top that holds more than a project is none: the home itself, which may be a repository of
 * dotfiles, what holds the home, and the system's directories. So is one that belongs to somebody
 * else, who could hand over more than the caller has asked for.
 */
public final class Project {
  private static final String GIT = ".git";
  private static final Path ROOT = Path.of("/");
  private static final int LONGEST_LINE = 4096;

  /** In the place of bytes that are no character. */
  private static final String UNREADABLE = "\uFFFD";

  /** Directories that are shared with others, or hold the system; those below them may be used. */
  private static final Set<Path> OF_THE_SYSTEM =
      Stream.of(
              "bin boot dev etc home lib lib32 lib64 libx32 media mnt nix nix/store opt proc root"
                  + " run run/user sbin snap srv sys tmp usr usr/bin usr/lib usr/local usr/share"
                  + " usr/src var var/cache var/lib var/tmp")
          .flatMap(names -> Stream.of(names.split(" ")))
          .map(ROOT::resolve)
          .collect(Collectors.toUnmodifiableSet());

  private static final List<Path> OF_THE_KERNEL =
      List.of(Path.of("/dev"), Path.of("/proc"), Path.of("/sys"));

  private final Path home;
  private final Path workingDirectory;
  private final List<Path> examined = new ArrayList<>();
  private @Nullable Path top;

  public Project(Path home, Path workingDirectory) {
    this.home = home;
    this.workingDirectory = workingDirectory.normalize();
  }

  /** Its top; where there is none, the working directory, which {@link #require} refuses. */
  public Path top() {
    if (top == null) {
      top = find();
    }
    return Objects.requireNonNull(top);
  }

  /** Whether anybody asked for it. */
  public boolean isUsed() {
    return top != null;
  }

  /** Remembers that a plan depends on this file. */
  public Path examine(Path file) {
    examined.add(file);
    return file;
  }

  /** What was looked at to find it: another one may be found when one of these changes. */
  public List<Path> examined() {
    return List.copyOf(examined);
  }

  /**
   * Makes sure that there is one, if anybody asked for it.
   *
   * @throws ProfileException where the working directory is none, and in none
   */
  public void require() {
    if (isUsed()) {
      String problem = unreachable(top()) + problem(top());
      if (!problem.isEmpty()) {
        throw new ProfileException(
            "%s is not a project: it %s".formatted(Quotes.quote(top().toString()), problem),
            "go to the directory of a project, as with `cd ~/src/shop`, and start there; or choose a profile that is not about a project, such as `sandbox`");
      }
    }
  }

  private Path find() {
    Set<Integer> owners = owners(Stream.of(home, workingDirectory));
    for (Path at = workingDirectory;
        at != null && problem(at).isEmpty() && owners.containsAll(owners(Stream.of(at)));
        at = at.getParent()) {
      Path git = at.resolve(GIT);
      examined.add(git);
      if (isRepository(git)) {
        return at;
      }
    }
    return workingDirectory;
  }

  private static Set<Integer> owners(Stream<Path> paths) {
    return Stream.concat(Stream.of(0), paths.flatMap(Project::owner))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Integer> owner(Path path) {
    try {
      return Stream.of((Integer) Files.getAttribute(path, "unix:uid"));
    } catch (IOException e) {
      // What cannot be looked at belongs to nobody that counts.
      return Stream.empty();
    }
  }

  /** What keeps a directory from being named in a list, in words that follow `it`; or empty. */
  private static String unreachable(Path directory) {
    String name = directory.toString();
    if (name.contains("\n")) {
      return "has a newline in its name";
    }
    try {
      Files.readAttributes(directory, BasicFileAttributes.class);
      return "";
    } catch (AccessDeniedException e) {
      return "cannot be reached by its name, because a directory above is closed to this user";
    } catch (IOException e) {
      return name.contains(UNREADABLE) ? "has a name that is not UTF-8" : "";
    }
  }

  /** What makes a directory more than a project, in words that follow `it`; or empty. */
  private String problem(Path directory) {
    Path own = real(home);
    if (directory.equals(ROOT)) {
      return "is the whole file system";
    }
    if (directory.equals(own) || directory.equals(home)) {
      return "is your home";
    }
    if (own.startsWith(directory) || home.startsWith(directory)) {
      return "holds your home";
    }
    return OF_THE_SYSTEM.contains(directory)
            || OF_THE_KERNEL.stream().anyMatch(directory::startsWith)
        ? "is the system's"
        : "";
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.normalize();
    }
  }

  /** As git sees it: a directory with the three names, or a file that leads to one. */
  private static boolean isRepository(Path git) {
    if (Files.isDirectory(git)) {
      return Stream.of("HEAD", "objects", "refs").allMatch(name -> exists(git.resolve(name)));
    }
    return firstLine(git).startsWith("gitdir:");
  }

  private static boolean exists(Path path) {
    return Files.exists(path) || Files.isSymbolicLink(path);
  }

  public static String firstLine(Path file) {
    return lines(file, LONGEST_LINE).findFirst().orElse("");
  }

  /**
   * The lines of a file of at most so many bytes, as names are written. Anything else has none:
   * what comes with a project may be a pipe, which would keep the reader waiting, or a device
   * without an end.
   */
  public static Stream<String> lines(Path file, long most) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= most
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines()
          : Stream.empty();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
