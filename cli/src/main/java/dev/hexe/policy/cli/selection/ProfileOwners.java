package dev.hexe.policy.cli.selection;

import dev.hexe.policy.api.host.IdMap;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.context.ProfileContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Refuses a profile that somebody else could have written, as the launcher refuses such plans: what
 * it says is what the command may do with the caller's files.
 */
public final class ProfileOwners {
  private static final long ROOT = 0;
  private static final int WRITABLE_FOR_OTHERS = 0022;
  private static final int LONGEST_NUMBER = 32;
  private static final Path SITE = ProfileContext.SYSTEM.resolveSibling("");
  private static final Path OVERFLOW = Path.of("/proc/sys/kernel/overflowuid");
  private static final Path MAP = Path.of("/proc/self/uid_map");

  private final long caller;

  public ProfileOwners(long caller) {
    this.caller = caller;
  }

  /**
   * Examines what is there of these files, each symlink as well as what it leads to.
   *
   * @throws CommandException where one belongs to another user, or others can write it
   */
  public void requireTrusted(List<Path> files) {
    for (Path file : files) {
      examine(file, LinkOption.NOFOLLOW_LINKS);
      examine(file);
    }
  }

  private void examine(Path file, LinkOption... options) {
    Map<String, Object> status;
    try {
      status = Files.readAttributes(file, "unix:uid,mode,isSymbolicLink", options);
    } catch (IOException e) {
      // Nothing was read there either.
      return;
    }
    long owner = Integer.toUnsignedLong(number(status, "uid"));
    // A caller without an id in the namespace has the number of those whom nobody knows there.
    boolean known = owner == ROOT || (owner == caller && !file.startsWith(SITE));
    if (!known && isUnmapped(owner)) {
      throw new CommandException(
          quote(file) + " belongs to a user whom this user namespace does not know",
          "start `hexe-policy` outside of this sandbox or namespace: in it nobody can tell whether the file is the administrator's");
    }
    if (owner != caller && owner != ROOT) {
      throw new CommandException(
          quote(file) + " belongs to another user, whose profile could allow anything",
          "copy it: `cp " + file.getFileName() + " …`, and name the copy");
    }
    boolean link = Boolean.TRUE.equals(status.get("isSymbolicLink"));
    if (!link && (number(status, "mode") & WRITABLE_FOR_OTHERS) != 0) {
      throw new CommandException(
          quote(file) + " can be written by others, who could allow anything in it",
          "remove the write permission: chmod go-w " + file);
    }
  }

  /** True of the id that the kernel shows in place of those that the namespace has none for. */
  private static boolean isUnmapped(long owner) {
    // A number of the kernel's yields itself to the first read alone, so that it has to be a large
    // one.
    try (InputStream overflow = Files.newInputStream(OVERFLOW)) {
      String unknown = new String(overflow.readNBytes(LONGEST_NUMBER), StandardCharsets.US_ASCII);
      return unknown.strip().equals(Long.toString(owner))
          && !IdMap.isOfEveryId(Files.readString(MAP));
    } catch (IOException e) {
      return false;
    }
  }

  private static int number(Map<String, Object> status, String name) {
    return ((Number) Objects.requireNonNull(status.get(name), name)).intValue();
  }

  private static String quote(Path file) {
    return Printable.quote(file.toString());
  }
}
