package dev.hexe.policy.backend.landlock;

import static dev.hexe.policy.backend.landlock.FileRight.EXECUTE;
import static dev.hexe.policy.backend.landlock.FileRight.MAKE_BLOCK;
import static dev.hexe.policy.backend.landlock.FileRight.MAKE_CHAR;
import static dev.hexe.policy.backend.landlock.FileRight.READ_DIR;
import static dev.hexe.policy.backend.landlock.FileRight.READ_FILE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hexe.policy.api.decision.PathGrant.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FileRightTest {
  private static final Path HEADER = Path.of("/usr/include/linux/landlock.h");
  private static final Pattern DEFINITION =
      Pattern.compile("#define\\s+LANDLOCK_ACCESS_FS_(\\w+)\\s+\\(1ULL << (\\d+)\\)");

  @ParameterizedTest(name = "{0} is 1 << {1}, from ABI {2} on")
  @CsvSource({
    "EXECUTE, 0, 1",
    "WRITE_FILE, 1, 1",
    "READ_FILE, 2, 1",
    "READ_DIR, 3, 1",
    "REMOVE_DIR, 4, 1",
    "REMOVE_FILE, 5, 1",
    "MAKE_CHAR, 6, 1",
    "MAKE_DIR, 7, 1",
    "MAKE_REG, 8, 1",
    "MAKE_SOCK, 9, 1",
    "MAKE_FIFO, 10, 1",
    "MAKE_BLOCK, 11, 1",
    "MAKE_SYM, 12, 1",
    "REFER, 13, 2",
    "TRUNCATE, 14, 3",
    "IOCTL_DEV, 15, 5",
    "RESOLVE_UNIX, 16, 9"
  })
  void rightsHaveTheirBitAndTheAbiThatBroughtThem(FileRight right, int bit, long abi) {
    assertEquals(1L << bit, FileRight.bits(Set.of(right)));
    assertTrue(FileRight.knownTo(abi).contains(right));
    assertEquals(false, FileRight.knownTo(abi - 1).contains(right));
  }

  @Test
  void rightsHaveTheNumbersOfThisMachinesKernelHeader() throws IOException {
    assumeTrue(Files.exists(HEADER), "needs the kernel's headers (linux-libc-dev)");
    Map<String, Long> header = new TreeMap<>();
    Matcher definitions = DEFINITION.matcher(Files.readString(HEADER));
    while (definitions.find()) {
      header.put(definitions.group(1), 1L << Integer.parseInt(definitions.group(2)));
    }
    assertTrue(header.size() >= 13, "found only " + header);
    Map<String, Long> ours = new TreeMap<>();
    for (FileRight right : FileRight.values()) {
      if (header.containsKey(right.name())) {
        ours.put(right.name(), FileRight.bits(Set.of(right)));
      }
    }
    assertEquals(header, ours);
  }

  @ParameterizedTest(name = "ABI {0} handles {1}")
  @CsvSource({
    "0, 0x0",
    "1, 0x1fff",
    "2, 0x3fff",
    "3, 0x7fff",
    "4, 0x7fff",
    "5, 0xffff",
    "6, 0xffff",
    "7, 0xffff",
    "8, 0xffff",
    "9, 0x1ffff",
    "10, 0x1ffff",
    "11, 0x1ffff"
  })
  void rulesetHandlesAllThatTheKernelKnows(long abi, String rights) {
    assertEquals(Long.decode(rights), FileRight.bits(FileRight.knownTo(abi)));
  }

  @ParameterizedTest(name = "ABI {0}: list {1}, read {2}, use {3}, write {4}")
  @CsvSource({
    "1,  0x8, 0xd, 0xe,     0x17bf",
    "2,  0x8, 0xd, 0xe,     0x37bf",
    "3,  0x8, 0xd, 0x400e,  0x77bf",
    "4,  0x8, 0xd, 0x400e,  0x77bf",
    "5,  0x8, 0xd, 0xc00e,  0xf7bf",
    "6,  0x8, 0xd, 0xc00e,  0xf7bf",
    "7,  0x8, 0xd, 0xc00e,  0xf7bf",
    "8,  0x8, 0xd, 0xc00e,  0xf7bf",
    "9,  0x8, 0xd, 0x1c00e, 0x1f7bf",
    "10, 0x8, 0xd, 0x1c00e, 0x1f7bf",
    "11, 0x8, 0xd, 0x1c00e, 0x1f7bf"
  })
  void accessGrantsNoMoreThanItSays(long abi, String list, String read, String use, String write) {
    assertEquals(Long.decode(list), bits(Access.LIST, abi));
    assertEquals(Long.decode(read), bits(Access.READ, abi));
    assertEquals(Long.decode(use), bits(Access.USE, abi));
    assertEquals(Long.decode(write), bits(Access.WRITE, abi));
  }

  private static long bits(Access access, long abi) {
    return FileRight.bits(Rights.of(access, abi));
  }

  /** The kernel refuses a rule that grants what its ruleset does not handle. */
  @ParameterizedTest
  @EnumSource(Access.class)
  void grantsNothingThatTheKernelDoesNotKnow(Access access) {
    for (long abi = 1; abi <= 11; abi++) {
      assertTrue(FileRight.knownTo(abi).containsAll(Rights.of(access, abi)), "ABI " + abi);
    }
  }

  @Test
  void readingIsNeverAWayToWrite() {
    assertEquals(EnumSet.of(READ_DIR, READ_FILE, EXECUTE), Rights.of(Access.READ, 11));
    assertEquals(EnumSet.of(READ_DIR), Rights.of(Access.LIST, 11));
  }

  @Test
  void nobodyMakesDevices() {
    for (Access access : Access.values()) {
      Set<FileRight> rights = Rights.of(access, 11);
      assertEquals(false, rights.contains(MAKE_CHAR) || rights.contains(MAKE_BLOCK));
    }
  }
}
