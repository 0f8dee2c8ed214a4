package dev.hexe.policy.backend.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibSeccompFinderTest {
  private static final short OWN =
      (short) (System.getProperty("os.arch").equals("aarch64") ? 183 : 62);
  private static final short OTHER = 3;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/lib/libseccomp.so.2",
        "usr/lib64/libseccomp.so.2",
        "usr/lib/x86_64-linux-gnu/libseccomp.so.2",
        "run/current-system/sw/lib/libseccomp.so.2"
      })
  void itIsFoundWhereDistributionsPutIt(String path) throws IOException {
    assertEquals(Optional.of(library(path, OWN)), find(Map.of()));
  }

  @Test
  void itIsFoundWhereTheLoaderWouldFindIt() throws IOException {
    Path library = library("opt/strange/libseccomp.so.2", OWN);
    Path list = root.resolve("etc/ld.so.cache");
    Files.createDirectories(list.getParent());
    Files.write(
        list,
        "glibc-ld.so.cache1.1\1\0\0libseccomp.so.2\0/opt/strange/libseccomp.so.2\0libz.so.1\0"
            .getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(Optional.of(library), find(Map.of()));
  }

  @Test
  void itIsFoundWhereTheEnvironmentSays() throws IOException {
    library("usr/lib/libseccomp.so.2", OWN);
    Path named = library("nix/store/x/lib/libseccomp.so.2", OWN);
    Map<String, String> environment =
        Map.of("LD_LIBRARY_PATH", "relative:/none:" + named.getParent());
    assertEquals(Optional.of(named), find(environment));
  }

  @Test
  void oneForAnotherProcessorIsPassedOver() throws IOException {
    library("usr/lib/i386-linux-gnu/libseccomp.so.2", OTHER);
    assertEquals(Optional.empty(), find(Map.of()));
    Path own = library("usr/lib/z-linux-gnu/libseccomp.so.2", OWN);
    assertEquals(Optional.of(own), find(Map.of()));
  }

  @Test
  void whatIsNoLibraryIsPassedOver() throws IOException {
    Path file = library("usr/lib/libseccomp.so.2", OWN);
    Files.writeString(file, "INPUT(libseccomp.so.2.5)");
    assertEquals(Optional.empty(), find(Map.of()));
  }

  private Optional<Path> find(Map<String, String> environment) {
    return new LibSeccompFinder(root, environment).library();
  }

  private Path library(String path, short machine) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, header.putInt(0, 0x464c457f).putShort(18, machine).array());
    return file;
  }
}
