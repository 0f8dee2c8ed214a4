package dev.hexe.policy.api.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An operand of an action, as the plan carries it. */
public sealed interface Operand {
  /** The letter in {@link Opcode#signature()}. */
  char letter();

  /** The number of its type in the plan. */
  int type();

  /** Its bytes, without padding. */
  byte[] bytes();

  /** A number. */
  static Operand of(long value) {
    return new Unsigned(value);
  }

  /** A string. */
  static Operand of(String value) {
    return new Text(value);
  }

  /** Bytes. */
  static Operand of(byte[] value) {
    return new Bytes(value.clone());
  }

  /**
   * An unsigned 64-bit number.
   *
   * @param value its bits
   */
  record Unsigned(long value) implements Operand {
    @Override
    public char letter() {
      return 'u';
    }

    @Override
    public int type() {
      return 1;
    }

    @Override
    public byte[] bytes() {
      byte[] bytes = new byte[Long.BYTES];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (value >>> (8 * i));
      }
      return bytes;
    }

    @Override
    public String toString() {
      return Long.toUnsignedString(value);
    }
  }

  /**
   * A string of UTF-8.
   *
   * @param value without NUL and unpaired surrogates
   */
  record Text(String value) implements Operand {
    /** Checks the value. */
    public Text {
      if (value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a string in a plan cannot contain NUL");
      }
      // It would become a question mark, and a path another path.
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
        throw new IllegalArgumentException("a string in a plan has to be valid Unicode");
      }
    }

    @Override
    public char letter() {
      return 's';
    }

    @Override
    public int type() {
      return 2;
    }

    @Override
    public byte[] bytes() {
      return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /** Bytes, for example a compiled filter. */
  final class Bytes implements Operand {
    private final byte[] value;

    private Bytes(byte[] value) {
      this.value = value;
    }

    @Override
    public char letter() {
      return 'b';
    }

    @Override
    public int type() {
      return 3;
    }

    @Override
    public byte[] bytes() {
      return value.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return value.length + " bytes";
    }
  }
}
