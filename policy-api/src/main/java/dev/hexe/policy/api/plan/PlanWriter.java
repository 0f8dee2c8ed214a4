package dev.hexe.policy.api.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** Writes plans in the binary form that {@code docs/plan-format.md} describes. */
public final class PlanWriter {
  /** The format's version. */
  public static final int VERSION = 1;

  /** The longest plan the launcher reads, in bytes. */
  public static final int MAXIMUM_LENGTH = 16 << 20;

  private static final byte[] MAGIC = "HEXEPLAN".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 32;
  private static final int RECORD_HEADER = 8;
  private static final int OPERAND_HEADER = 8;

  private PlanWriter() {}

  /**
   * The bytes of a plan.
   *
   * @throws IllegalArgumentException where it would be longer than {@link #MAXIMUM_LENGTH}
   */
  public static byte[] write(Plan plan) {
    long length = HEADER + plan.actions().stream().mapToLong(PlanWriter::lengthOf).sum();
    if (length > MAXIMUM_LENGTH) {
      throw new IllegalArgumentException("the plan would be " + length + " bytes long");
    }
    byte[] bytes = new byte[(int) length];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.position(HEADER);
    plan.actions().forEach(action -> record(out, action));
    header(bytes, out, plan.actions().size());
    return bytes;
  }

  static byte[] magic() {
    return MAGIC.clone();
  }

  private static void header(byte[] bytes, ByteBuffer out, int records) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, HEADER, bytes.length - HEADER);
    out.position(0);
    out.put(MAGIC).putInt(VERSION).putInt(records).putLong(bytes.length);
    out.putInt((int) checksum.getValue()).putInt(0);
  }

  private static void record(ByteBuffer out, Action action) {
    out.putShort((short) action.opcode().code());
    out.putShort((short) action.operands().size());
    out.putInt((int) (lengthOf(action) - RECORD_HEADER));
    for (Operand operand : action.operands()) {
      byte[] bytes = operand.bytes();
      out.putInt(operand.type()).putInt(bytes.length).put(bytes);
      out.position(out.position() + padded(operand, bytes.length) - bytes.length);
    }
  }

  private static long lengthOf(Action action) {
    List<Operand> operands = action.operands();
    return RECORD_HEADER
        + operands.stream()
            .mapToLong(operand -> OPERAND_HEADER + padded(operand, operand.bytes().length))
            .sum();
  }

  /** A string is followed by at least one NUL, so that C can point into the buffer. */
  static int padded(Operand operand, int length) {
    int needed = operand.letter() == 's' ? length + 1 : length;
    return (needed + 7) & ~7;
  }
}
