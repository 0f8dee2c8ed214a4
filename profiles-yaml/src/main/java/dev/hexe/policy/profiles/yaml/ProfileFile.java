package dev.hexe.policy.profiles.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the text of a profile, within bounds. */
public final class ProfileFile {
  /** The size of the largest file that is read, in bytes. */
  public static final int LARGEST = 1 << 20;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ProfileFile() {}

  /**
   * The text of a file.
   *
   * @throws ProfileException where it is missing, unreadable, not a regular file, too large or not
   *     UTF-8
   */
  public static SourceText read(Path file, String name) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new ProfileException(
          Quotes.visible(name) + ": not a regular file",
          Files.isDirectory(file)
              ? "name a file in it"
              : "`-` reads a profile from standard input, as in `hexe-policy apply - -- make <FILE`");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return decode(stream.readNBytes(LARGEST + 1), name);
    } catch (IOException e) {
      throw new ProfileException(Quotes.visible(name) + ": cannot be read: " + reason(e), help(e));
    }
  }

  /** Root's own file or directory in somebody's home is mostly what `sudo` has left there. */
  private static String help(IOException e) {
    return e instanceof AccessDeniedException
        ? "this user has no right to it, or may not search a directory above it: see who owns them, as with `namei -l`"
        : "";
  }

  /**
   * The text of a stream.
   *
   * @throws ProfileException where it is too large or not UTF-8
   */
  public static SourceText decode(byte[] bytes, String name) {
    if (bytes.length > LARGEST) {
      throw new ProfileException(
          Quotes.visible(name) + ": larger than 1 MiB",
          "",
          List.of(new FileMistake(Quotes.visible(name), 1, 1, "larger than 1 MiB", "")));
    }
    ByteBuffer left = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(left, text, true);
    text.flip();
    if (result.isError()) {
      throw notUtf8(bytes, left.position(), text.toString(), name);
    }
    return SourceText.of(name, withoutByteOrderMark(text.toString()));
  }

  private static ProfileException notUtf8(byte[] bytes, int at, String before, String name) {
    SourceText source =
        SourceText.of(name, withoutByteOrderMark(new String(bytes, StandardCharsets.UTF_8)));
    Mistakes mistakes = new Mistakes(source);
    String read = withoutByteOrderMark(before);
    mistakes.add(
        source.at(read.codePointCount(0, read.length())),
        String.format("not UTF-8: byte 0x%02X", bytes[at]),
        "save the file as UTF-8");
    return mistakes.exception();
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "no such file" : FailureReason.of(e);
  }
}
