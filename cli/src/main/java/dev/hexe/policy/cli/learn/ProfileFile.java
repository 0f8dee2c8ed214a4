package dev.hexe.policy.cli.learn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.Function;

/**
 * The file of a profile. It is replaced as a whole, and only where it still is what was last read
 * or written: what somebody has edited meanwhile is not lost, and what somebody else has put there
 * does not count.
 */
public final class ProfileFile {
  private final Path path;
  private final boolean isNew;
  private String known;
  private boolean written;

  private ProfileFile(Path path, boolean isNew, String known) {
    this.path = path;
    this.isNew = isNew;
    this.known = known;
  }

  /** The file at a path; a new one has the text that is given. */
  public static ProfileFile open(Path path, String otherwise) {
    try {
      if (Files.exists(path)) {
        Path real = path.toRealPath();
        return new ProfileFile(real, false, Files.readString(real));
      }
      Files.writeString(path, otherwise, StandardOpenOption.CREATE_NEW);
      return new ProfileFile(path, true, otherwise);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** What was last read or written. */
  public String text() {
    return known;
  }

  /** Whether it is new, and nothing was written into it since. */
  public boolean isUntouched() {
    return isNew && !written;
  }

  /** Takes a file away that was made for nothing. */
  public void forget() {
    try {
      if (isNew && isUnchanged()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether nobody else has changed it. */
  public boolean isUnchanged() {
    try {
      return Files.readString(path).equals(known);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Asks something of another text, as if it were in this file.
   *
   * @param question asked of a file beside it, which is gone then
   */
  public <T> T ask(String text, Function<Path, T> question) {
    try {
      Path other = beside(text);
      try {
        return question.apply(other);
      } finally {
        Files.deleteIfExists(other);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the text. */
  public void write(String text) {
    try {
      Path other = beside(text);
      Files.setPosixFilePermissions(other, Files.getPosixFilePermissions(path));
      for (String owner : new String[] {"unix:uid", "unix:gid"}) {
        Object wanted = Files.getAttribute(path, owner);
        if (!Objects.equals(wanted, Files.getAttribute(other, owner))) {
          Files.setAttribute(other, owner, wanted);
        }
      }
      Files.move(other, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      known = text;
      written = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new file: whatever is there of that name is not opened. */
  private Path beside(String text) throws IOException {
    String name =
        "%s.learn-%d-%d.yaml"
            .formatted(path.getFileName(), ProcessHandle.current().pid(), System.nanoTime());
    return Files.writeString(path.resolveSibling(name), text, StandardOpenOption.CREATE_NEW);
  }
}
