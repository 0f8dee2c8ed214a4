package dev.hexe.policy.cli.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Standard output and standard error where somebody names them as a file. They are open already;
 * opened by their names they would be other files, or, where a file or pipe is somebody else's, not
 * be allowed to be.
 */
public final class OwnStream {
  private static final Map<String, FileDescriptor> NAMES =
      Map.of(
          "/dev/stdout", FileDescriptor.out,
          "/dev/fd/1", FileDescriptor.out,
          "/proc/self/fd/1", FileDescriptor.out,
          "/dev/stderr", FileDescriptor.err,
          "/dev/fd/2", FileDescriptor.err,
          "/proc/self/fd/2", FileDescriptor.err);

  private OwnStream() {}

  /** Writes where a name stands for one of them; false where it does not. */
  public static boolean write(Path file, byte[] bytes) throws IOException {
    FileDescriptor descriptor = NAMES.get(file.toString());
    if (descriptor == null) {
      return false;
    }
    @SuppressWarnings("resource") // to close it would close the stream for all that comes later
    OutputStream stream = new FileOutputStream(descriptor);
    stream.write(bytes);
    return true;
  }
}
