package dev.hexe.policy.api.plan;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.plan.Opcode.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
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

  private static final Path TABLE =
      DOCUMENT.resolve("../../launcher/src/main/c/plan/opcodes.def").normalize();

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

  /** A row {@code OPCODE(33, BIND, "bind", "ppuu", MOUNTS, 0, do_bind)} of the launcher's table. */
  private static final Pattern DEFINITION =
      Pattern.compile(
          "OPCODE\\((\\d+), (\\w+), \"([^\"]+)\", \"(\\w*)\", (\\w+), ([A-Z_| 0]+), \\w+\\)");

  private record Defined(
      int code, String label, String signature, Phase phase, Set<Trait> traits) {}

  @Test
  void theLaunchersTableHasTheSameColumns() throws IOException {
    Map<String, Defined> defined = new TreeMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = DEFINITION.matcher(line);
      if (row.matches()) {
        defined.put(
            row.group(2),
            new Defined(
                Integer.parseInt(row.group(1)),
                row.group(3),
                row.group(4).replaceAll("[^ub]", "s"),
                Phase.valueOf(row.group(5)),
                traits(row.group(6))));
      }
    }
    Map<String, Defined> implemented = new TreeMap<>();
    for (Opcode opcode : Opcode.values()) {
      implemented.put(
          opcode.name(),
          new Defined(
              opcode.code(),
              opcode.label(),
              opcode.signature(),
              opcode.phase(),
              EnumSet.allOf(Trait.class).stream()
                  .filter(opcode::is)
                  .collect(Collectors.toUnmodifiableSet())));
    }
    assertEquals(implemented, defined);
  }

  private static Set<Trait> traits(String flags) {
    return Stream.of(flags.split(" [|] "))
        .filter(flag -> !flag.equals("0"))
        .map(Trait::valueOf)
        .collect(Collectors.toUnmodifiableSet());
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
