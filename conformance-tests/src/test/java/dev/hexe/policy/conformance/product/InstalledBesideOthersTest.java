package dev.hexe.policy.conformance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make install} leaves alone what others have below the same prefix. */
class InstalledBesideOthersTest {
  @TempDir static Path directory;
  private static Path prefix;

  @BeforeAll
  static void install() throws IOException {
    prefix = directory.resolve("a home/.local");
    Path shared = Files.createDirectories(directory.resolve("shared"));
    Files.createDirectories(prefix.resolve("lib/hexe-policy/lib"));
    Files.writeString(prefix.resolve("lib/hexe-policy/lib/cli-0.0.1.jar"), "old");
    Files.createSymbolicLink(prefix.resolve("share"), shared);
    Files.createDirectories(shared.resolve("man/man1"));
    Files.writeString(shared.resolve("man/man1/other.1"), "a page");
    write(shared.resolve("keyrings"), "rwx------", shared.resolve("keyrings/login"), "rw-------");
    Host.output(
        Path.of("../packaging/install").toAbsolutePath().toString(),
        System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64",
        "",
        prefix.toString());
  }

  private static void write(Path parent, String modes, Path file, String fileModes)
      throws IOException {
    Files.createDirectory(parent);
    Files.writeString(file, "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(fileModes));
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString(modes));
  }

  private static String modes(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(prefix.resolve(file)));
  }

  @Test
  void modesAreAsTheyWere() throws IOException {
    assertEquals("rwx------", modes("share/keyrings"));
    assertEquals("rw-------", modes("share/keyrings/login"));
  }

  @Test
  void othersPagesAndSymlinksStay() {
    assertTrue(Files.exists(prefix.resolve("share/man/man1/other.1")));
    assertTrue(Files.isSymbolicLink(prefix.resolve("share")));
    assertTrue(Files.exists(directory.resolve("shared/man/man1/hexe-policy.1.gz")));
  }

  @Test
  void aFormerVersionIsGone() {
    assertFalse(
        Files.exists(
            prefix.resolve("lib/hexe-policy/lib/cli-0.0.1.jar"), LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(prefix.resolve("lib/hexe-policy/lib/hexe-policy.jar")));
  }

  @Test
  void everybodyMayReadAndRunIt() throws IOException {
    assertEquals("rwxr-xr-x", modes("lib/hexe-policy/bin/hexe-policy"));
    assertTrue(
        Host.output(prefix.resolve("bin/hexe-policy").toString(), "--version")
            .startsWith("hexe-policy "));
  }

  @Test
  void whatIsRemovedIsOurs() throws IOException {
    Path other = directory.resolve("other");
    Files.createDirectories(other.resolve("share/man/man1"));
    Files.writeString(other.resolve("share/man/man1/other.1"), "a page");
    Files.createDirectories(other.resolve("share/hexe-policy"));
    Host.output(
        "make",
        "-s",
        "-C",
        Path.of("..").toAbsolutePath().toString(),
        "uninstall",
        "PREFIX=" + other);
    assertTrue(Files.exists(other.resolve("share/man/man1/other.1")));
    assertFalse(Files.exists(other.resolve("share/hexe-policy")));
  }
}
