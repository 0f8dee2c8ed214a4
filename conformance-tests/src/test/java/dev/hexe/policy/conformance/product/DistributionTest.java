package dev.hexe.policy.conformance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The distribution is whole. */
class DistributionTest {
  @Test
  void everyBackendIsListed() {
    Result doctor = Sandbox.program("doctor", "--json").alone().endsWith(0);
    Set<String> ids = new TreeSet<>();
    ServiceLoader.load(IsolationBackend.class).forEach(backend -> ids.add(backend.id()));
    assertTrue(ids.containsAll(Set.of("landlock", "namespaces", "privileges")), ids::toString);
    for (String id : ids) {
      assertTrue(doctor.text().contains("\"" + id + "\""), () -> id + " is missing; " + doctor);
    }
  }

  @Test
  void everyJarCanBeReadByEverybody() throws Exception {
    try (Stream<Path> files = Files.walk(Product.distribution())) {
      for (Path file : files.toList()) {
        int mode = (int) Files.getAttribute(file, "unix:mode");
        assertEquals(04, mode & 04, file.toString());
        assertEquals(0, mode & 022, file.toString());
      }
    }
  }

  /** A start uses hundreds, and a JVM takes its time for each: see ADR 46. */
  @Test
  void lambdasOfOursAreClasses() throws Exception {
    try (Stream<Path> files = Files.list(Product.distribution().resolve("lib"))) {
      for (Path jar :
          files
              .filter(
                  file ->
                      file.toString().matches(".*/(hexe-policy|profiles-yaml.*|backend-.*).jar"))
              .toList()) {
        try (ZipFile classes = new ZipFile(jar.toFile())) {
          assertTrue(
              classes.stream().anyMatch(entry -> entry.getName().endsWith("$Lambda1.class")),
              jar.toString());
        }
      }
    }
  }

  @Test
  void theProgramSaysWhatItIs() {
    assertTrue(Sandbox.program("--version").alone().endsWith(0).text().startsWith("hexe-policy "));
    assertTrue(Sandbox.program("--help").alone().endsWith(0).text().contains("apply"));
    assertTrue(Sandbox.program("profiles").alone().endsWith(0).text().contains("sandbox"));
  }
}
