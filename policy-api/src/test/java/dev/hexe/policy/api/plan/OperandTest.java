package dev.hexe.policy.api.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperandTest {
  @Test
  void numbersAreLittleEndian() {
    assertArrayEquals(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}, Operand.of(0x0102030405060708L).bytes());
  }

  @Test
  void numbersReadAsUnsigned() {
    assertEquals("18446744073709551615", Operand.of(-1).toString());
  }

  @Test
  void stringsHoldNoNul() {
    assertThrows(IllegalArgumentException.class, () -> Operand.of("/etc\0/shadow"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/\ud800", "/tmp/\udc00x", "\udbff"})
  void stringsThatWouldBecomeOtherStringsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Operand.of(text));
  }

  @Test
  void bytesCannotBeChangedFromOutside() {
    byte[] mine = {1};
    Operand operand = Operand.of(mine);
    mine[0] = 2;
    operand.bytes()[0] = 3;
    assertArrayEquals(new byte[] {1}, operand.bytes());
  }

  @Test
  void equalBytesAreEqual() {
    assertEquals(Operand.of(new byte[] {1}), Operand.of(new byte[] {1}));
    assertEquals(Operand.of(new byte[] {1}).hashCode(), Operand.of(new byte[] {1}).hashCode());
    assertNotEquals(Operand.of(new byte[] {1}), Operand.of(new byte[] {2}));
  }

  @Test
  void actionTakesTheOperandsOfItsOpcodeAlone() {
    List<Operand> wrong = List.of(Operand.of(1));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> new Action(Opcode.WARN, wrong, "warn"));
    assertEquals("warn takes `s`, not `u`", thrown.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Action(Opcode.WARN, List.of(), "warn"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Action(Opcode.INIT, List.of(Operand.of("x")), "init"));
  }
}
