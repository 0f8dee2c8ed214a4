package dev.hexe.policy.engine.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.host.HostTree.Entry;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.PlanNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveHostTreeTest {
  @TempDir private Path directory;

  private final LiveHostTree tree = new LiveHostTree();

  private Entry look(String name) {
    return tree.look(directory.resolve(name).toString());
  }

  @Test
  void directoriesAndFilesAreNotDependedOn() throws IOException {
    Files.createDirectory(directory.resolve("d"));
    Files.createFile(directory.resolve("f"));
    assertEquals(new Entry(Kind.DIRECTORY, ""), look("d"));
    assertEquals(new Entry(Kind.FILE, ""), look("f"));
    assertEquals(new Entry(Kind.FILE, ""), tree.look("/dev/null"));
    assertEquals(List.of(), tree.dependencies());
  }

  @Test
  void absenceIsDependedOn() {
    assertEquals(new Entry(Kind.ABSENT, ""), look("nowhere"));
    assertEquals(
        List.of(PlanNotes.depends(directory.resolve("nowhere").toString(), 0, 0, 0, 0, 0)),
        tree.dependencies());
  }

  @Test
  void symlinkIsDependedOnAndNotFollowed() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("l"), Path.of("../not/there"));
    FileTime modified = FileTime.from(Instant.ofEpochSecond(1_700_000_000, 123_456_789));
    Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(modified, null, null);
    assertEquals(new Entry(Kind.SYMLINK, "../not/there"), look("l"));
    Map<String, Object> status =
        Files.readAttributes(link, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS);
    Action expected =
        PlanNotes.dependsEntry(
            PlanNotes.depends(
                link.toString(),
                number(status, "dev"),
                number(status, "ino"),
                "../not/there".length(),
                Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS),
                ((FileTime) Files.getAttribute(link, "unix:ctime", LinkOption.NOFOLLOW_LINKS))
                    .to(TimeUnit.NANOSECONDS)));
    assertEquals(List.of(expected), tree.dependencies());
  }

  @Test
  void whichFileItIsCountsLessThanWhatIsInIt() throws IOException {
    String file = Files.writeString(directory.resolve("f"), "text").toString();
    tree.rememberEntry(file);
    assertEquals(Opcode.DEPENDS_ENTRY, tree.dependencies().get(0).opcode());
    tree.remember(file);
    tree.rememberEntry(file);
    assertEquals(
        List.of(Opcode.DEPENDS), tree.dependencies().stream().map(Action::opcode).toList());
  }

  private static long number(Map<String, Object> status, String name) {
    return status.get(name) instanceof Number number ? number.longValue() : -1;
  }

  @Test
  void whatLiesBelowAFileIsAbsent() throws IOException {
    Files.createFile(directory.resolve("f"));
    assertEquals(new Entry(Kind.ABSENT, ""), look("f/below"));
  }

  @Test
  void secondLookSeesWhatTheFirstSaw() throws IOException {
    assertEquals(new Entry(Kind.ABSENT, ""), look("late"));
    Files.createFile(directory.resolve("late"));
    assertEquals(new Entry(Kind.ABSENT, ""), look("late"));
    assertEquals(1, tree.dependencies().size());
  }

  @Test
  void whatIsRememberedIsDependedOnWhateverItIs() throws IOException {
    Path file = Files.createFile(directory.resolve("f"));
    tree.remember(file.toString());
    tree.remember(directory.resolve("nowhere").toString());
    assertEquals(2, tree.dependencies().size());
    assertEquals("depends on " + file, tree.dependencies().get(0).description());
  }

  @Test
  void directoryStandsForTheLinksInIt() throws IOException {
    Files.createSymbolicLink(directory.resolve("l"), Path.of("/to"));
    Files.createFile(directory.resolve("f"));
    assertEquals(Map.of("l", "/to"), tree.linksIn(directory.toString()));
    assertEquals(
        List.of("depends on " + directory),
        tree.dependencies().stream().map(Action::description).toList());
    assertEquals(Map.of(), tree.linksIn(directory.resolve("nowhere").toString()));
  }

  @Test
  void onlyRegularFilesAreRegular() throws IOException {
    Path file = Files.createFile(directory.resolve("f"));
    assertEquals(true, tree.isRegularFile(file.toString()));
    assertEquals(false, tree.isRegularFile("/dev/null"));
    assertEquals(false, tree.isRegularFile(directory.toString()));
  }
}
