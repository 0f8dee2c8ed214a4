package dev.hexe.policy.backend.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterStoreTest {
  private static final List<SystemCallRule> TERMINAL = SeccompRules.terminalInput();
  private static final List<SystemCallRule> TRACING = SeccompRules.tracing();
  private static final List<SystemCallRule> OWN = SeccompRules.named(List.of("reboot"));

  @TempDir Path directory;

  @BeforeAll
  static void needTheLibrary() {
    assumeTrue(LibSeccompFinder.find().isPresent(), "needs libseccomp (libseccomp2)");
  }

  @Test
  void whatTheBuildCompiledIsThereWithoutTheLibrary() {
    List<byte[]> built = programs(store(true).of(List.of(TERMINAL, TRACING)));
    FilterStore installed = store(false);
    assertTrue(installed.has(TERMINAL));
    assertTrue(installed.has(TRACING));
    assertEquals(1, built.size());
    assertEqualPrograms(built, programs(installed.of(List.of(TERMINAL, TRACING))));
  }

  @Test
  void partsStandForACombinationThatTheBuildDidNotCompile() {
    List<byte[]> parts =
        Stream.of(TRACING, TERMINAL)
            .flatMap(part -> programs(store(true).of(List.of(part))).stream())
            .toList();
    FilterStore installed = store(false);
    assertEqualPrograms(parts, programs(installed.of(List.of(TRACING, TERMINAL))));
  }

  @Test
  void theLibraryIsAskedForTheWholeWhereItIsThere() {
    programs(store(true).of(List.of(TRACING)));
    FilterStore installed = new FilterStore(file(), false, LibSeccompFinder::find);
    assertEquals(1, installed.of(List.of(TRACING, OWN)).size());
  }

  @Test
  void otherRulesAreNotInTheFile() {
    store(true).of(List.of(TERMINAL));
    assertFalse(store(false).has(OWN));
    assertFalse(store(false).has(TRACING));
  }

  private String file() {
    return directory.resolve("filters").toString();
  }

  private FilterStore store(boolean building) {
    return new FilterStore(file(), building, building ? LibSeccompFinder::find : Optional::empty);
  }

  private static List<byte[]> programs(List<FilterStore.Filter> filters) {
    return filters.stream().map(FilterStore.Filter::program).toList();
  }

  private static void assertEqualPrograms(List<byte[]> expected, List<byte[]> actual) {
    assertEquals(hex(expected), hex(actual));
  }

  private static List<String> hex(List<byte[]> programs) {
    return programs.stream().map(java.util.HexFormat.of()::formatHex).toList();
  }
}
