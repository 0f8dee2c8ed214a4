package dev.hexe.policy.backend.seccomp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The start of a library, which says for which processor it is, see {@code elf(5)}. */
final class ElfHeader {
  private static final int SIZE = 20;
  private static final int MAGIC = 0x464c457f;
  private static final int MACHINE = 18;

  /** {@code e_machine} by {@code os.arch}. */
  private static final Map<String, Integer> MACHINES = Map.of("amd64", 62, "aarch64", 183);

  private ElfHeader() {}

  /** Whether the file is a library for the processor that this JVM runs on. */
  static boolean isOfThisProcess(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      ByteBuffer header = ByteBuffer.wrap(stream.readNBytes(SIZE)).order(ByteOrder.LITTLE_ENDIAN);
      Integer machine = MACHINES.get(System.getProperty("os.arch", ""));
      return header.limit() == SIZE
          && header.getInt(0) == MAGIC
          && (machine == null || header.getShort(MACHINE) == machine);
    } catch (IOException e) {
      return false;
    }
  }
}
