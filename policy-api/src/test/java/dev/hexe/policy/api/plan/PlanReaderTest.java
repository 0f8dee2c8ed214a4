package dev.hexe.policy.api.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanReaderTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("hexe.checkout", ".."), "launcher", "src", "test", "golden");

  static List<Path> goldenPlans() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      List<Path> plans = files.filter(file -> file.toString().endsWith(".plan")).toList();
      assertTrue(plans.size() > 5, "found only " + plans);
      return plans;
    }
  }

  @ParameterizedTest
  @MethodSource("goldenPlans")
  void readsWhatTheWriterWrote(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    assertArrayEquals(bytes, PlanWriter.write(PlanReader.read(bytes)));
  }

  @ParameterizedTest
  @MethodSource("goldenPlans")
  void refusesWhatIsCutOffOrDamaged(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThrows(IllegalArgumentException.class, () -> PlanReader.read(part));
    }
    if (bytes.length > 32) {
      bytes[bytes.length - 1] ^= 1;
      assertThrows(IllegalArgumentException.class, () -> PlanReader.read(bytes));
    }
  }

  @Test
  void describesAnActionByItsNameAndOperands() {
    Plan plan = new Plan(List.of(PlanNotes.note("profile", "web")));
    assertEquals(
        "note profile web", PlanReader.read(PlanWriter.write(plan)).actions().get(0).description());
  }

  @Test
  void readsAListThatIsKeptAsItWasWritten() {
    Action list =
        new Action(
            Opcode.WATCH, List.of(Operand.of("/a\n/b"), Operand.of(""), Operand.of(0)), "watch");
    byte[] written = PlanWriter.write(new Plan(List.of(list)));
    byte[] kept = written.clone();
    for (int i = 32; i < kept.length; i++) {
      kept[i] = kept[i] == '\n' ? 0 : kept[i];
    }
    CRC32 crc = new CRC32();
    crc.update(kept, 32, kept.length - 32);
    ByteBuffer.wrap(kept).order(ByteOrder.LITTLE_ENDIAN).putInt(24, (int) crc.getValue());
    assertArrayEquals(written, PlanWriter.write(PlanReader.read(kept)));
  }
}
