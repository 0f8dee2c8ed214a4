package dev.hexe.policy.cli.nextrun;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a user can change without any sandbox. */
class ChangeableTest {
  @TempDir private Path directory;

  private final Changeable others = new Changeable(4_000_000_001L);

  @BeforeEach
  void makeStickyDirectory() throws IOException {
    Files.createFile(directory.resolve("program"));
    Files.setAttribute(directory.resolve("program"), "unix:mode", 0444);
    Files.setAttribute(directory, "unix:mode", 01777);
  }

  @Test
  void ownerChangesWhatIsTheirs() throws IOException {
    long owner = Integer.toUnsignedLong((int) Files.getAttribute(directory, "unix:uid"));
    assertTrue(new Changeable(owner).isChangeable(directory.resolve("program")));
  }

  @Test
  void entryOfAStickyDirectoryIsItsOwnersAlone() throws IOException {
    assumeFalse(Files.isWritable(directory.resolve("program")), "root writes what is read-only");
    assertFalse(others.isChangeable(directory.resolve("program")));
    Files.setAttribute(directory, "unix:mode", 0777);
    assertTrue(others.isChangeable(directory.resolve("program")));
  }

  @Test
  void whatIsMissingThereCanBeMade() {
    assertTrue(others.isChangeable(directory.resolve("missing")));
    assertTrue(others.isChangeable(directory));
  }
}
