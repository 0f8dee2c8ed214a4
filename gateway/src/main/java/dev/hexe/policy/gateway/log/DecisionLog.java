package dev.hexe.policy.gateway.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The file that decisions are written to, one in a line; when it is full, a new one is begun. */
public final class DecisionLog {
  private static final String NAME = "log.jsonl";
  private static final long FULL = 4L << 20;

  private final Optional<Path> file;

  /** One in a directory, or nowhere. */
  public DecisionLog(Optional<Path> directory) {
    file = directory.map(path -> path.resolve(NAME));
  }

  /** Writes a line. Whoever cannot write it goes on: nothing is let through for it. */
  public void write(String line) {
    file.ifPresent(path -> append(path, line));
  }

  private static void append(Path path, String line) {
    try {
      if (Files.exists(path) && Files.size(path) > FULL) {
        Files.move(path, path.resolveSibling(NAME + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
      if (!Files.exists(path)) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(path, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.err.println("cannot write `" + path + "`: " + e);
    }
  }
}
