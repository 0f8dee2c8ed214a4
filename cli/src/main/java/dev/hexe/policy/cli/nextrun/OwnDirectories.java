package dev.hexe.policy.cli.nextrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user's directories that are read at each start: nothing can be mounted over what is not
 * there, and a command could make it, with a default that is no sandbox at all. So they are made,
 * empty, before the first command that could.
 */
public final class OwnDirectories {
  private static final String NAME = "hexe-policy";
  private static final FileAttribute<?> THE_USERS_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path home;
  private final long user;
  private final List<Path> all;

  private OwnDirectories(Path home, long user, List<Path> all) {
    this.home = home;
    this.user = user;
    this.all = all;
  }

  /**
   * Those of a user.
   *
   * @param home the user's
   * @param elsewhere where the user's variables say that configuration and state lie
   */
  public static OwnDirectories of(Path home, long user, Stream<Path> elsewhere) {
    Stream<Path> usual = Stream.of(home.resolve(".config"), home.resolve(".local/state"));
    return new OwnDirectories(
        home,
        user,
        Stream.concat(usual, elsewhere).map(path -> path.resolve(NAME)).distinct().toList());
  }

  /** Those that are given by their own names. */
  public static OwnDirectories named(Path home, long user, List<Path> all) {
    return new OwnDirectories(home, user, List.copyOf(all));
  }

  /** All of them, be they there or not. */
  public List<Path> all() {
    return all;
  }

  /**
   * Makes what is missing, and says whether it made any. What cannot be made out here cannot be
   * made by a command either. In somebody else's home, as with {@code sudo -E}, nothing is made.
   */
  public boolean make() {
    boolean made = false;
    if (isTheUsers(home)) {
      for (Path directory : all) {
        made |= isMissing(directory) && make(directory);
      }
    }
    return made;
  }

  /** True where one is not there. */
  public boolean areMissing() {
    return all.stream().anyMatch(OwnDirectories::isMissing);
  }

  private static boolean isMissing(Path directory) {
    return !Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean make(Path directory) {
    try {
      Files.createDirectories(directory, THE_USERS_ALONE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isTheUsers(Path path) {
    try {
      return Integer.toUnsignedLong((int) Files.getAttribute(path, "unix:uid")) == user;
    } catch (IOException e) {
      return false;
    }
  }
}
