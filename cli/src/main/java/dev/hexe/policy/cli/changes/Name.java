package dev.hexe.policy.cli.changes;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A path of a file, whatever bytes it has.
 *
 * @param escaped as the launcher writes it: bytes that are no plain ASCII as {@code %} and two
 *     digits
 */
public record Name(String escaped) {
  /** The path without a name. */
  public static final Name NONE = new Name("");

  private static final int PLAIN_END = 0x7f;

  /** As the launcher wrote a word; {@code -} is the empty path. */
  static Name read(String word) {
    return word.equals("-") ? NONE : new Name(word);
  }

  /** Whether it is the tree itself. */
  public boolean isEmpty() {
    return escaped.isEmpty();
  }

  private byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); i++) {
      boolean byNumber = escaped.charAt(i) == '%';
      bytes.write(
          byNumber ? Integer.parseInt(escaped.substring(i + 1, i + 3), 16) : escaped.charAt(i));
      i += byNumber ? 2 : 0;
    }
    return bytes.toByteArray();
  }

  /** For a terminal: one line, in which nothing moves the cursor. */
  public String shown() {
    String text = text();
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(character -> append(shown, character));
    return shown.toString();
  }

  /** The same for programs: what is no UTF-8 is replaced. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder shown, int character) {
    switch (Character.getType(character)) {
      case Character.CONTROL ->
          shown.append(
              character == '\n'
                  ? "\\n"
                  : character == '\t' ? "\\t" : "\\x%02x".formatted(character));
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          shown.append("\\u{%x}".formatted(character));
      default -> shown.append(character == '\\' ? "\\\\" : Character.toString(character));
    }
  }

  /** Whether all bytes can be told from the text. */
  public boolean isText() {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The path below a directory, with the same bytes. */
  Path below(Path directory) {
    String uri = directory.toUri().getRawPath();
    StringBuilder path = new StringBuilder(uri.endsWith("/") ? uri : uri + "/");
    for (byte each : bytes()) {
      boolean plain =
          each > 0 && each < PLAIN_END && (Character.isLetterOrDigit(each) || each == '/');
      path.append(plain ? String.valueOf((char) each) : "%%%02x".formatted(each & 0xff));
    }
    return Path.of(URI.create("file://" + path));
  }

  /** The path itself, where it is absolute. */
  Path absolute() {
    return below(Path.of("/"));
  }

  /** Whether this is that path or something below. */
  public boolean isAtOrBelow(Name other) {
    return other.isEmpty()
        || escaped.equals(other.escaped)
        || escaped.startsWith(other.escaped + "/");
  }
}
