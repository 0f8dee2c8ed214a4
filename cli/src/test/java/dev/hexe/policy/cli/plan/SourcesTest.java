package dev.hexe.policy.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Operand;
import dev.hexe.policy.api.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final Plan PLAN = new Plan(List.of(EnvironmentActions.closeDescriptors(3)));

  @TempDir Path directory;

  @Test
  void aFileIsRememberedAsItWas() throws IOException {
    Path file = Files.writeString(directory.resolve("web.yaml"), "extends: none\n");
    List<Operand> operands = dependency(file).operands();
    assertEquals(Operand.of(file.toString()), operands.get(0));
    assertEquals(
        Operand.of(((Number) Files.getAttribute(file, "unix:ino")).longValue()), operands.get(2));
    assertEquals(Operand.of(14), operands.get(3));
  }

  @Test
  void soIsAFileThatWasNotThere() {
    Path file = directory.resolve("none.yaml");
    assertEquals(
        List.of(
            Operand.of(file.toString()),
            Operand.of(0),
            Operand.of(0),
            Operand.of(0),
            Operand.of(0),
            Operand.of(0)),
        dependency(file).operands());
  }

  @Test
  void ofASymlinkBothItAndWhatItLeadsToAreRemembered() throws IOException {
    Path file = Files.writeString(directory.resolve("web.yaml"), "extends: none\n");
    Path inner = Files.createSymbolicLink(directory.resolve("inner.yaml"), Path.of("web.yaml"));
    Path outer = Files.createSymbolicLink(directory.resolve("outer.yaml"), inner);
    List<Operand> paths =
        Sources.addTo(PLAN, List.of(outer)).actions().stream()
            .filter(action -> action.opcode() == Opcode.DEPENDS)
            .map(action -> action.operands().get(0))
            .toList();
    assertEquals(
        List.of(
            Operand.of(outer.toString()),
            Operand.of(inner.toString()),
            Operand.of(file.toString())),
        paths);
  }

  @Test
  void aCircleOfSymlinksEnds() throws IOException {
    Path one = directory.resolve("one.yaml");
    Path two = Files.createSymbolicLink(directory.resolve("two.yaml"), one);
    Files.createSymbolicLink(one, two);
    assertEquals(3, Sources.addTo(PLAN, List.of(one)).actions().size());
  }

  private static Action dependency(Path file) {
    Plan plan = Sources.addTo(PLAN, List.of(file, file));
    assertEquals(2, plan.actions().size());
    assertEquals(Opcode.DEPENDS, plan.actions().get(0).opcode());
    return plan.actions().get(0);
  }
}
