package dev.hexe.policy.profiles.context;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A profile that comes from the standard input, which is read to its end and once, however many
 * times the profile is asked for.
 */
public final class StandardInput {
  /** What stands in the place of a profile's name. */
  public static final String NAME = "-";

  private static final String SHOWN = "standard input";
  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/0");

  private final Object reading = new Object();
  private final InputStream stream;
  private final Path descriptor;
  private @Nullable SourceText text;

  /**
   * One that is read from {@code stream}.
   *
   * @param descriptor a symlink to what the stream comes from
   */
  StandardInput(InputStream stream, Path descriptor) {
    this.stream = stream;
    this.descriptor = descriptor;
  }

  /** That of this process. */
  public static StandardInput ofThisProcess() {
    return OfThisProcess.INPUT;
  }

  /**
   * All of it.
   *
   * @throws ProfileException where there is nothing, too much, or no UTF-8
   */
  public SourceText text() {
    synchronized (reading) {
      SourceText known = text;
      if (known == null) {
        known = read();
        text = known;
      }
      return known;
    }
  }

  private SourceText read() {
    try {
      byte[] bytes = stream.readNBytes(ProfileFile.LARGEST + 1);
      if (bytes.length == 0) {
        throw new ProfileException(
            SHOWN + " is empty, and `-` reads the profile from there",
            "as in `hexe-policy explain - <build.yaml`");
      }
      return ProfileFile.decode(bytes, SHOWN);
    } catch (IOException e) {
      throw new ProfileException(SHOWN + ": cannot be read", "");
    }
  }

  /**
   * The file that it was redirected from, which decides the next run if the same is done again;
   * empty for a pipe, a terminal, and a file that has no name any more.
   */
  public Optional<Path> file() {
    try {
      Path file = descriptor.toRealPath();
      return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** There is one for all who ask: what was read is gone from it. */
  private static final class OfThisProcess {
    static final StandardInput INPUT = new StandardInput(System.in, DESCRIPTOR);
  }
}
