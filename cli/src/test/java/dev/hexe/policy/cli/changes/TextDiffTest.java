package dev.hexe.policy.cli.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to compare, and what is not compared. */
class TextDiffTest {
  @TempDir Path directory;

  private Change edit(String path) throws IOException {
    Files.createDirectories(directory.resolve("0/upper"));
    Files.createDirectories(directory.resolve("host"));
    return Change.read(
        "clean:clean edit 0 upper 100644 100644 1 2 7.1.2 1 %s/host %s -"
            .formatted(directory, path));
  }

  private List<String> lines(Change change, String searchPath) {
    KeptRun run =
        new KeptRun(directory, "project", "/home/me", Instant.EPOCH, "/", List.of("true"));
    return new TextDiff(run, searchPath).lines(change);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/usr/local/bin:/usr/bin:/bin", "", "relative"})
  void textIsComparedWithGitAndWithout(String searchPath) throws IOException {
    Change change = edit("file");
    Files.writeString(directory.resolve("host/file"), "one\ntwo\nthree\n");
    Files.writeString(directory.resolve("0/upper/file"), "one\n2\nthree\n");
    assertEquals(
        List.of(
            "--- " + directory + "/host/file",
            "+++ " + directory + "/host/file",
            "@@ -1,3 +1,3 @@",
            " one",
            "-two",
            "+2",
            " three"),
        lines(change, searchPath));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(2, left.count());
    }
  }

  @Test
  void whatIsNoTextAndWhatALinkLeadsToIsNotShown() throws IOException {
    Change change = edit("file");
    Files.write(directory.resolve("0/upper/file"), new byte[] {0, 1, 2});
    Files.writeString(directory.resolve("secret"), "secret\n");
    Files.createSymbolicLink(directory.resolve("host/file"), directory.resolve("secret"));
    assertEquals(
        List.of("binary or large files differ: " + directory + "/host/file"), lines(change, ""));
  }
}
