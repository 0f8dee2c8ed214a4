package dev.hexe.policy.cli.nextrun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDirectoriesTest {
  @TempDir Path home;

  private OwnDirectories directories(Path... elsewhere) throws IOException {
    int user = (int) Files.getAttribute(home, "unix:uid");
    return OwnDirectories.of(home, user, Stream.of(elsewhere));
  }

  @Test
  void areMadeOnceForTheirUserAlone() throws IOException {
    OwnDirectories directories = directories(home.resolve("conf"), home.resolve(".config"));
    assertTrue(directories.make());
    assertEquals(3, directories.all().size());
    for (Path directory : directories.all()) {
      assertEquals(
          PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(directory));
    }
    assertFalse(directories.make());
  }

  @Test
  void aSymlinkThatLeadsNowhereStays() throws IOException {
    Files.createDirectory(home.resolve(".config"));
    Path link = Files.createSymbolicLink(home.resolve(".config/hexe-policy"), home.resolve("none"));
    directories().make();
    assertTrue(Files.isSymbolicLink(link));
    assertFalse(Files.exists(home.resolve("none")));
  }

  @Test
  void areNotMadeInSomebodyElsesHome() {
    assertFalse(OwnDirectories.of(home, 4_000_000_000L, Stream.of()).make());
    assertFalse(OwnDirectories.of(home.resolve("gone"), -1, Stream.of()).make());
    assertFalse(Files.exists(home.resolve(".config")));
  }

  @Test
  void whatCannotBeMadeIsLeftOut() throws IOException {
    Files.createFile(home.resolve(".config"));
    assertTrue(directories().make());
    assertFalse(directories().make());
  }
}
