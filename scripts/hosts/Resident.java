package dev.hexe.policy.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs the commands of the product in one JVM, for guests in which starting one takes seconds. The
 * launcher starts {@code resident-java} instead of Java, and that hands its process id over here;
 * command line, environment and descriptors are read from {@code /proc}, see {@link Request}.
 *
 * <p>The argument is a directory: requests come in by its FIFO {@code requests}, the status goes
 * back by a FIFO named like the process.
 */
final class Resident {
  private Resident() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    // with a writer of our own it does not end with that of a request, and none is lost in between
    try (RandomAccessFile requests =
        new RandomAccessFile(directory.resolve("requests").toFile(), "rw")) {
      for (String process = requests.readLine(); process != null; process = requests.readLine()) {
        Files.writeString(directory.resolve(process), Request.of(process).run() + "\n");
      }
    }
  }
}
