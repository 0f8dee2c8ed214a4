package dev.hexe.policy.api.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanWriterTest {
  private static final int HEADER = 32;

  @Test
  void emptyPlanIsAHeaderAlone() {
    assertArrayEquals(
        hex(
            "48455845504c414e" // HEXEPLAN
                + "01000000" // version
                + "00000000" // records
                + "2000000000000000" // length
                + "00000000" // CRC-32 of nothing
                + "00000000"),
        PlanWriter.write(new Plan(List.of())));
  }

  @Test
  void recordsFollowTheHeaderByteForByte() {
    byte[] bytes =
        PlanWriter.write(
            new Plan(
                List.of(
                    EnvironmentActions.setenv("A", "sixteen letters!"), // 16 and its NUL take 24
                    RestrictionActions.noNewPrivileges(),
                    RestrictionActions.seccompFilter(hex("010203"), -1, "filter"))));
    assertArrayEquals(
        hex(
            "3f00"
                + "0200"
                + "30000000" // setenv, 2 operands, 48 bytes
                + "02000000"
                + "01000000"
                + "4100000000000000"
                + "02000000"
                + "10000000"
                + "7369787465656e206c65747465727321"
                + "0000000000000000"
                + "3e00"
                + "0000"
                + "00000000" // no-new-privileges
                + "5000"
                + "0200"
                + "20000000" // seccomp-filter
                + "03000000"
                + "03000000"
                + "0102030000000000"
                + "01000000"
                + "08000000"
                + "ffffffffffffffff"),
        Arrays.copyOfRange(bytes, HEADER, bytes.length));
  }

  @Test
  void headerCountsRecordsAndBytesAndHoldsTheZlibChecksumOfTheRest() {
    byte[] bytes = PlanWriter.write(new Plan(List.of(PlanNotes.warn("a"), PlanNotes.warn("b"))));
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    CRC32 crc = new CRC32();
    crc.update(bytes, HEADER, bytes.length - HEADER);
    assertEquals(2, header.getInt(12));
    assertEquals(bytes.length, header.getLong(16));
    assertEquals((int) crc.getValue(), header.getInt(24));
    assertEquals(0, header.getInt(28));
  }

  @ParameterizedTest(name = "a string of {0} bytes takes {1}")
  @CsvSource({"0, 8", "1, 8", "7, 8", "8, 16", "15, 16", "16, 24"})
  void stringsAreFollowedByAtLeastOneNul(int length, int padded) {
    assertPadding(PlanNotes.warn("x".repeat(length)), length, padded);
  }

  @ParameterizedTest(name = "{0} bytes take {1}")
  @CsvSource({"0, 0", "1, 8", "7, 8", "8, 8", "9, 16"})
  void bytesArePaddedToTheNextEight(int length, int padded) {
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 0xff);
    byte[] bytes =
        PlanWriter.write(new Plan(List.of(RestrictionActions.seccompFilter(ones, 0, "f"))));
    assertEquals(HEADER + 8 + 8 + padded + 16, bytes.length);
    for (int i = length; i < padded; i++) {
      assertEquals(0, bytes[HEADER + 16 + i], "padding byte " + i);
    }
  }

  @Test
  void lengthOfAStringIsItsBytesInUtf8() {
    assertPadding(PlanNotes.warn("grüße"), 7, 8);
  }

  private static void assertPadding(Action action, int length, int padded) {
    byte[] bytes = PlanWriter.write(new Plan(List.of(action)));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(HEADER + 16 + padded, bytes.length);
    assertEquals(8 + padded, buffer.getInt(HEADER + 4), "length of the operands");
    assertEquals(length, buffer.getInt(HEADER + 12), "length of the string");
    for (int i = length; i < padded; i++) {
      assertEquals(0, bytes[HEADER + 16 + i], "padding byte " + i);
    }
  }

  @Test
  void longestPlanIsSixteenMebibytes() {
    int overhead = HEADER + 8 + 8 + 16;
    byte[] most = new byte[(16 << 20) - overhead];
    Plan longest = new Plan(List.of(RestrictionActions.seccompFilter(most, 0, "f")));
    assertEquals(16 << 20, PlanWriter.write(longest).length);
    Plan longer =
        new Plan(List.of(RestrictionActions.seccompFilter(new byte[most.length + 1], 0, "f")));
    assertThrows(IllegalArgumentException.class, () -> PlanWriter.write(longer));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
