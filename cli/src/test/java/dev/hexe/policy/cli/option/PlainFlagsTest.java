package dev.hexe.policy.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlainFlagsTest {
  private static Optional<Set<String>> of(String... arguments) {
    return PlainFlags.of(List.of(arguments), Set.of("--json", "--fix"));
  }

  @Test
  void flagsAreUnderstoodInAnyOrder() {
    assertEquals(Optional.of(Set.of()), of());
    assertEquals(Optional.of(Set.of("--json")), of("--json"));
    assertEquals(of("--json", "--fix"), of("--fix", "--json"));
  }

  @Test
  void everythingElseIsLeftToTheParserOfAllArguments() {
    assertEquals(Optional.empty(), of("--json", "--json"));
    assertEquals(Optional.empty(), of("--help"));
    assertEquals(Optional.empty(), of("--js"));
    assertEquals(Optional.empty(), of("word"));
  }
}
