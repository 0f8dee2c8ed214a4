package dev.hexe.policy.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void name() {
    path = directory.resolve("log.jsonl");
  }

  @Test
  void aFileThatIsNotThereIsEmptyUntilItIs() throws IOException {
    try (LogFile file = new LogFile(path)) {
      assertEquals(List.of(), file.next());
      append("a\n");
      assertEquals(List.of("a"), file.next());
      assertEquals(List.of(), file.next());
    }
  }

  @Test
  void theFileBeforeIsReadFirst() throws IOException {
    Files.writeString(directory.resolve("log.jsonl.1"), "older\n");
    append("newer\n");
    try (LogFile file = new LogFile(path)) {
      assertEquals(List.of("older", "newer"), file.next());
    }
  }

  @Test
  void aLineIsReadWhenItIsComplete() throws IOException {
    append("a\nhal");
    try (LogFile file = new LogFile(path)) {
      assertEquals(List.of("a"), file.next());
      append("f\nb\n");
      assertEquals(List.of("half", "b"), file.next());
    }
  }

  @Test
  void nothingIsLostOrReadTwiceWhereTheFileIsMovedAway() throws IOException {
    append("a\n");
    try (LogFile file = new LogFile(path)) {
      assertEquals(List.of("a"), file.next());
      append("b\n");
      Files.move(path, directory.resolve("log.jsonl.1"));
      assertEquals(List.of("b"), file.next());
      append("c\n");
      assertEquals(List.of("c"), file.next());
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
