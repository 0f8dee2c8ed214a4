package dev.hexe.policy.cli.changes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * The texts that the two sides of a change hold, where both are text of a size that somebody reads.
 */
final class Texts {
  private static final int MOST = 1 << 20;

  private final Path record;

  Texts(Path record) {
    this.record = record;
  }

  /** What the host has; empty where there is nothing, no file, or no text. */
  Optional<String> before(Change change) {
    return change.hadFile() ? text(change.path().below(change.tree().absolute())) : Optional.of("");
  }

  /** What the command has made of it. */
  Optional<String> after(Change change) {
    boolean there = change.kind() != Change.Kind.REMOVE && change.isFile();
    return there ? text(change.path().below(record.resolve(change.kept()))) : Optional.of("");
  }

  private static Optional<String> text(Path file) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST) {
        return Optional.empty();
      }
      try (SeekableByteChannel channel =
          Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), MOST));
        int got = 0;
        while (bytes.hasRemaining() && got >= 0) {
          got = channel.read(bytes);
        }
        String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
      }
    } catch (CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
