package dev.hexe.policy.api.plan;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Reads plans for people. The launcher has a reader of its own, and trusts that one alone: what a
 * plan does was decided when it was written.
 */
public final class PlanReader {
  private static final int HEADER = 32;
  private static final Map<Integer, Opcode> OPCODES = opcodes();

  private final ByteBuffer in;

  private PlanReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The plan that {@link PlanWriter} wrote as these bytes.
   *
   * @throws IllegalArgumentException where they are no plan, with the reason
   */
  public static Plan read(byte[] bytes) {
    try {
      return new PlanReader(bytes).plan();
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("it is cut off", e);
    }
  }

  private Plan plan() {
    int records = header();
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      actions.add(action());
    }
    require(!in.hasRemaining(), "there are bytes behind its last record");
    return new Plan(actions);
  }

  private int header() {
    byte[] magic = new byte[8];
    in.get(magic);
    require(Arrays.equals(magic, PlanWriter.magic()), "it is not a plan");
    int version = in.getInt();
    require(version == PlanWriter.VERSION, "its format version is " + version);
    int records = in.getInt();
    require(in.getLong() == in.capacity(), "its length is not the one in its header");
    int checksum = in.getInt();
    in.getInt();
    require(checksum == checksum(), "its checksum is wrong");
    return records;
  }

  private int checksum() {
    CRC32 crc = new CRC32();
    crc.update(in.array(), HEADER, in.capacity() - HEADER);
    return (int) crc.getValue();
  }

  private Action action() {
    int code = Short.toUnsignedInt(in.getShort());
    Opcode opcode = OPCODES.get(code);
    if (opcode == null) {
      throw new IllegalArgumentException("the action " + code + " is unknown");
    }
    int count = in.getShort();
    in.getInt();
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      operands.add(operand());
    }
    return new Action(opcode, operands, description(opcode, operands));
  }

  private Operand operand() {
    int type = in.getInt();
    int length = in.getInt();
    require(length >= 0 && length <= in.remaining(), "an operand is longer than its record");
    byte[] data = new byte[length];
    int start = in.position();
    in.get(data);
    Operand operand =
        switch (type) {
          case 1 -> Operand.of(in.getLong(start));
          // A plan that is kept has the paths of a list behind NULs.
          case 2 -> Operand.of(new String(data, StandardCharsets.UTF_8).replace('\0', '\n'));
          case 3 -> Operand.of(data);
          default -> throw new IllegalArgumentException("an operand has the unknown type " + type);
        };
    in.position(start + PlanWriter.padded(operand, length));
    return operand;
  }

  private static String description(Opcode opcode, List<Operand> operands) {
    return operands.stream()
        .map(Operand::toString)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" ", opcode.label() + " ", ""))
        .strip();
  }

  private static Map<Integer, Opcode> opcodes() {
    Map<Integer, Opcode> opcodes = new HashMap<>();
    for (Opcode opcode : Opcode.values()) {
      opcodes.put(opcode.code(), opcode);
    }
    return opcodes;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
