package dev.hexe.policy.importers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads files that a source consists of, and no others. */
public final class TextFiles {
  /** More than any such file has. */
  public static final int LARGEST = 1 << 20;

  private TextFiles() {}

  /**
   * The text of a file.
   *
   * @throws ImportException where it is no regular file, too large, or cannot be read
   */
  public static String read(Path file, String shown) {
    try (InputStream stream = Files.newInputStream(file)) {
      if (!Files.isRegularFile(file)) {
        throw new ImportException(shown + ": not a regular file", "`-` reads standard input");
      }
      return text(stream, shown);
    } catch (IOException e) {
      throw new ImportException(shown + ": cannot be read", "");
    }
  }

  /**
   * All that a stream yields.
   *
   * @throws ImportException where that is too much
   * @throws IOException where it cannot be read
   */
  public static String text(InputStream stream, String shown) throws IOException {
    byte[] bytes = stream.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new ImportException(shown + ": has more than 1 MiB", "");
    }
    return new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  /** The file of a name in the first of these directories that has it, nowhere outside of them. */
  public static Optional<Path> find(String name, List<Path> directories) {
    return directories.stream()
        .map(directory -> inside(directory, name))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Symlinks count as what they lead to. */
  private static Optional<Path> inside(Path directory, String name) {
    try {
      Path real = directory.resolve(name).toRealPath();
      boolean is = real.startsWith(directory.toRealPath()) && Files.isRegularFile(real);
      return is ? Optional.of(real) : Optional.empty();
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return Optional.empty();
    }
  }
}
