package dev.hexe.policy.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.HostTree.Entry;
import dev.hexe.policy.api.host.HostTree.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveHostTest {
  @TempDir Path directory;
  private final LiveHost host = new LiveHost(path -> Optional.of("text of " + path));

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectory(directory.resolve("b"));
    Files.writeString(directory.resolve("a"), "");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("a"));
  }

  @Test
  void entriesAreToldWithoutFollowingThem() {
    assertEquals(new Entry(Kind.DIRECTORY, ""), host.look(at("b")));
    assertEquals(new Entry(Kind.FILE, ""), host.look(at("a")));
    assertEquals(new Entry(Kind.SYMLINK, "a"), host.look(at("link")));
    assertEquals(new Entry(Kind.ABSENT, ""), host.look(at("a/below")));
  }

  @Test
  void namesAreSortedAndMayBeNone() {
    assertEquals(List.of("a", "b", "link"), host.names(directory.toString()));
    assertEquals(List.of(), host.names(at("missing")));
  }

  @Test
  void setuidProgramsAreKnownByTheirMode() throws IOException {
    assertFalse(host.isSetuid(at("a")));
    Files.setAttribute(directory.resolve("a"), "unix:mode", 04755);
    assertTrue(host.isSetuid(at("a")) && host.isSetuid(at("link")));
    assertFalse(host.isSetuid(at("missing")));
  }

  @Test
  void withoutCapabilitiesOwnerAndModeDecide() throws IOException {
    Path file = directory.resolve("a");
    int owner = (int) Files.getAttribute(file, "unix:uid");
    Files.setAttribute(file, "unix:mode", 0400);
    assertTrue(host.modeLetsRead(at("link"), owner) && !host.modeLetsWrite(at("a"), owner));
    assertFalse(host.modeLetsRead(at("a"), owner + 1L));
    Files.setAttribute(file, "unix:mode", 0024);
    assertFalse(host.modeLetsRead(at("a"), owner) || host.modeLetsWrite(at("a"), owner));
    assertTrue(host.modeLetsRead(at("a"), owner + 1L) && host.modeLetsWrite(at("a"), owner + 1L));
    assertTrue(host.modeLetsRead(at("missing"), owner), "what is not known is not called safe");
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }
}
