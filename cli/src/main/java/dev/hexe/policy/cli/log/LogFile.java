package dev.hexe.policy.cli.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that somebody else appends to, and moves away when it is full. Each line is read
 * once, when it is complete.
 */
public final class LogFile implements AutoCloseable {
  private static final String BEFORE = ".1";
  private static final int PIECE = 1 << 16;

  private final Path path;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private @Nullable FileChannel channel;
  private @Nullable Object key;

  /** A file that need not be there yet. */
  public LogFile(Path path) {
    this.path = path;
  }

  /**
   * Reads what has come since the last time; at first all there is, with the file before it.
   *
   * @throws IOException where a file that is there cannot be read
   */
  public List<String> next() throws IOException {
    List<String> lines = new ArrayList<>();
    if (channel == null) {
      open(path.resolveSibling(path.getFileName() + BEFORE));
      read(lines);
    } else {
      read(lines);
    }
    if (!isCurrent()) {
      // What was appended before it was moved away has been read, or is read now.
      read(lines);
      open(path);
      read(lines);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  private boolean isCurrent() throws IOException {
    try {
      return Objects.equals(key, Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return true; // between two files
    }
  }

  private void open(Path file) throws IOException {
    close();
    begun.reset();
    channel = null;
    key = null;
    try {
      channel = FileChannel.open(file);
      key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      // there is none yet
    }
  }

  private void read(List<String> lines) throws IOException {
    if (channel == null) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    while (channel.read(buffer) > 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        add(buffer.get(), lines);
      }
      buffer.clear();
    }
  }

  private void add(byte next, List<String> lines) {
    if (next != '\n') {
      begun.write(next);
      return;
    }
    lines.add(begun.toString(StandardCharsets.UTF_8));
    begun.reset();
  }
}
