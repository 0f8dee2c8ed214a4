package dev.hexe.policy.profiles.project;

import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The projects' files that a user trusts, each with a hash of what was in it then: the file {@code
 * trusted} beside the user's {@code config.yaml}, which no command can write.
 */
public final class TrustedFiles {
  private static final String NAME = "trusted";
  private static final int HASH = 64;

  private final Path file;

  private TrustedFiles(Path file) {
    this.file = file;
  }

  /** Those of a user. */
  public static TrustedFiles of(ProfileContext context) {
    return new TrustedFiles(context.searchPath().get(0).resolveSibling(NAME));
  }

  /** Where they are remembered. */
  Path file() {
    return file;
  }

  /** All of them with their hashes. */
  public Map<Path, String> all() {
    Map<Path, String> trusted = new TreeMap<>();
    lines()
        .filter(line -> line.length() > HASH + 1)
        .forEach(line -> trusted.put(Path.of(line.substring(HASH + 1)), line.substring(0, HASH)));
    return trusted;
  }

  /** Ended by a newline alone: a name may have a carriage return in it. */
  private Stream<String> lines() {
    try {
      return Stream.of(Files.readString(file).split("\n"));
    } catch (NoSuchFileException e) {
      return Stream.empty();
    } catch (IOException e) {
      throw new ProfileException(Quotes.visible(file.toString()) + ": cannot be read", "");
    }
  }

  /** The hash that a project's file had when it was trusted. */
  Optional<String> hashOf(Path project) {
    return Optional.ofNullable(all().get(project));
  }

  /**
   * Trusts a file with this text.
   *
   * @throws ProfileException where that cannot be remembered
   */
  public void trust(Path project, String text) {
    if (project.toString().contains("\n")) { // the rest of the name would be another entry
      throw new ProfileException(
          Quotes.quote(project.toString()) + " has a newline in its name", "rename the directory");
    }
    Map<Path, String> trusted = all();
    trusted.put(project, hash(text));
    write(trusted);
  }

  /** Trusts it no longer; says whether it was trusted. */
  public boolean forget(Path project) {
    Map<Path, String> trusted = all();
    boolean was = trusted.remove(project) != null;
    if (was) {
      write(trusted);
    }
    return was;
  }

  /** The text of a project's file, as it is read for a run. */
  public static String text(Path project) {
    return ProfileFile.read(project, project.toString()).text();
  }

  /** A hash of the text. */
  public static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(Map<Path, String> trusted) {
    String text =
        trusted.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey() + "\n")
            .collect(Collectors.joining());
    try {
      Path directory = file.getParent();
      if (directory == null) {
        throw new IOException("no directory");
      }
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path next = Files.createTempFile(directory, "." + NAME, ""); // with mode 0600
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ProfileException(
          Quotes.visible(file.toString()) + ": cannot be written: " + e.getMessage(), "");
    }
  }
}
