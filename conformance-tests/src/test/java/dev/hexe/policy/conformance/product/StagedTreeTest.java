package dev.hexe.policy.conformance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree that packages and {@code make install} share is whole, and runs from where it lies. */
class StagedTreeTest {
  @TempDir static Path destination;
  private static Path prefix;

  @BeforeAll
  static void stage() {
    String machine = System.getProperty("os.arch");
    Host.output(
        Path.of("../packaging/stage").toAbsolutePath().toString(),
        machine.equals("aarch64") ? "arm64" : machine,
        destination.toString(),
        "/usr");
    prefix = destination.resolve("usr");
  }

  @Test
  void nothingOfTheDistributionIsLeftBehind() throws IOException {
    Set<String> missing = files(Product.distribution().resolve("lib"));
    missing.removeAll(files(prefix.resolve("lib/hexe-policy/lib")));
    // Archives are made where it is installed, natives are one machine's alone.
    missing.removeIf(file -> file.matches("hexe-policy-\\d+\\.jsa|jffi-.*-native\\.jar"));
    missing.removeIf(file -> file.startsWith("gateway/native/"));
    assertEquals(Set.of(), missing);
    assertEquals(1, files(prefix.resolve("lib/hexe-policy/lib/gateway/native")).size());
  }

  @Test
  void manualPagesCompletionsAndSchemasAreShared() throws IOException {
    Set<String> missing = files(Product.distribution().resolve("share"));
    assertTrue(missing.contains("man/man1/hexe-policy-learn.1"), missing::toString);
    for (String file : files(prefix.resolve("share"))) {
      missing.remove(file.replaceFirst("\\.gz$", ""));
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void itRunsThroughItsSymlink() {
    assertEquals("isolated", applied("sandbox"));
  }

  @Test
  void itHasTheGateway() {
    assertEquals("isolated", applied("sandbox", "--allow", "localhost:9"));
  }

  private static String applied(String... profile) {
    List<String> words = new ArrayList<>(List.of(program(), "apply"));
    words.addAll(List.of(profile));
    words.addAll(List.of("--chdir", "/", "--", "sh", "-c", "[ -e /boot ] || echo isolated"));
    return Host.output(words.toArray(String[]::new));
  }

  private static String program() {
    return prefix.resolve("bin/hexe-policy").toString();
  }

  private static Set<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
