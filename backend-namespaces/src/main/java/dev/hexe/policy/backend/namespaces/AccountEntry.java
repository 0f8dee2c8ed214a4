package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.spi.Compilation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The line of the list of users that has a sandbox's own home, or the one with its caches, see
 * {@code passwd(5)}. Java, ssh and others take the home from there, whatever {@code HOME} says. The
 * first line of an id counts.
 */
final class AccountEntry {
  static final String USERS = "/etc/passwd";

  private static final int ID = 2;
  private static final int HOME = 5;
  private static final int FIELDS = 7;

  private AccountEntry() {}

  /** The line; empty where the home is the host's, or the list has this one already. */
  static Optional<byte[]> of(Compilation compilation) {
    Profile profile = compilation.profile();
    String home = Path.of(profile.home()).normalize().toString();
    String written = asInFile(home);
    boolean own = profile.files().fixtures().all().stream().anyMatch(entry -> isOwn(entry, home));
    return own && canBeWritten(home)
        ? compilation
            .tree()
            .text(USERS)
            .flatMap(users -> entry(users, profile.identity().uidFor(compilation.caller().uid())))
            .filter(entry -> !entry[HOME].equals(written))
            .map(entry -> line(entry, written))
        : Optional.empty();
  }

  /** The caches of a home that is the host's are looked for in it as well. */
  private static boolean isOwn(MountEntry entry, String home) {
    return (entry instanceof MountEntry.Tmpfs && entry.path().equals(home))
        || (entry instanceof MountEntry.Cache && PathRule.isBelow(entry.path(), home));
  }

  private static boolean canBeWritten(String home) {
    return home.indexOf(':') < 0 && home.indexOf('\n') < 0;
  }

  private static Optional<String[]> entry(String users, long uid) {
    return users
        .lines()
        .map(line -> line.split(":", -1))
        .filter(entry -> entry.length == FIELDS && entry[ID].equals(Long.toString(uid)))
        .findFirst();
  }

  private static byte[] line(String[] entry, String home) {
    entry[HOME] = home;
    return (String.join(":", entry) + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A character for each byte, as the host's files are read: what is in them stays as it is. */
  private static String asInFile(String home) {
    return new String(home.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
