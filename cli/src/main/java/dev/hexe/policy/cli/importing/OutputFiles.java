package dev.hexe.policy.cli.importing;

import dev.hexe.policy.cli.text.OwnStream;
import dev.hexe.policy.importers.ImportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Writes files that nobody else may write, and replaces none that is there but where that is
 * wanted.
 */
public final class OutputFiles {
  private final boolean replacing;

  /** Writes; what is there is replaced where that is wanted. */
  public OutputFiles(boolean replacing) {
    this.replacing = replacing;
  }

  /**
   * Writes several files below a directory, or none of them where one is there already.
   *
   * @throws ImportException where one is there already, or cannot be written
   */
  public void writeAll(Path directory, Map<String, String> texts) {
    for (String name : texts.keySet()) {
      requireNew(directory.resolve(name));
    }
    texts.forEach((name, text) -> write(directory.resolve(name), text));
  }

  /** Writes one. */
  public void write(Path file, String text) {
    try {
      if (OwnStream.write(file, text.getBytes(StandardCharsets.UTF_8))) {
        return;
      }
      requireNew(file);
      makeDirectory(file);
      if (replacing) {
        replace(file, text);
      } else {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        Files.writeString(file, text, StandardOpenOption.WRITE);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new ImportException("`" + file + "` cannot be written: " + e.getMessage(), "");
    }
  }

  private void requireNew(Path file) {
    if (!replacing && Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw exists(file);
    }
  }

  private static ImportException exists(Path file) {
    return new ImportException(
        "`" + file + "` is there already", "write to another place, or replace it with `--force`");
  }

  private static void makeDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path next = Files.createTempFile(directory, ".import", "");
    try {
      Files.writeString(next, text);
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
