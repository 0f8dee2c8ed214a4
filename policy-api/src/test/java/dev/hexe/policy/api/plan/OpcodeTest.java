package dev.hexe.policy.api.plan;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpcodeTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("hexe.checkout", ".."), "docs", "plan-format.md");

  /** A row {@code | 33 | `bind` | s source, s destination, u attributes | meaning |}. */
  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+) \\| `([a-z0-9-]+)` \\|([^|]*)\\|.*");

  private record Documented(String name, String letters) {}

  @Test
  void everyOpcodeIsDocumentedAsItIs() throws IOException {
    Map<Integer, Documented> documented = documented();
    assertTrue(documented.size() > 20, "found only " + documented.keySet() + " in " + DOCUMENT);
    Map<Integer, Documented> implemented =
        Arrays.stream(Opcode.values())
            .collect(
                Collectors.toMap(
                    Opcode::code,
                    opcode -> new Documented(opcode.label(), opcode.signature()),
                    (a, b) -> {
                      throw new AssertionError(a + " and " + b + " share a code");
                    },
                    TreeMap::new));
    assertEquals(documented, implemented);
  }

  private static Map<Integer, Documented> documented() throws IOException {
    Map<Integer, Documented> rows = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      // The table of operand types has rows of the same shape, with names of one letter.
      if (row.matches() && row.group(2).length() > 1) {
        Documented before =
            rows.put(
                Integer.valueOf(row.group(1)),
                new Documented(row.group(2), letters(row.group(3).strip())));
        assertEquals(null, before, "documented twice: " + line);
      }
    }
    return rows;
  }

  private static String letters(String operands) {
    return operands.isEmpty()
        ? ""
        : Stream.of(operands.split(", "))
            .map(operand -> operand.substring(0, operand.indexOf(' ')))
            .collect(Collectors.joining());
  }

  @Test
  void codesFitTheirField() {
    assertAll(
        Arrays.stream(Opcode.values())
            .map(
                opcode ->
                    () -> {
                      assertTrue(opcode.code() > 0 && opcode.code() < 1 << 16, opcode.label());
                      assertTrue(opcode.signature().matches("[usb]{0,8}"), opcode.label());
                    }));
  }
}
