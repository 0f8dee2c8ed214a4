package dev.hexe.policy.backend.seccomp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks for libseccomp where Linux distributions put it, without loading it. */
final class LibSeccompFinder {
  private static final List<String> DIRECTORIES =
      List.of("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib");
  private static final String FILE = "libseccomp.so.2";

  private LibSeccompFinder() {}

  static Optional<String> find() {
    return DIRECTORIES.stream()
        .map(Path::of)
        .flatMap(directory -> in(directory).stream())
        .findFirst();
  }

  private static Optional<String> in(Path directory) {
    if (Files.exists(directory.resolve(FILE))) {
      return Optional.of(directory.resolve(FILE).toString());
    }
    // Debian keeps libraries in a directory for each architecture, for example x86_64-linux-gnu.
    try (DirectoryStream<Path> multiarch = Files.newDirectoryStream(directory, "*-linux-*")) {
      for (Path each : multiarch) {
        if (Files.exists(each.resolve(FILE))) {
          return Optional.of(each.resolve(FILE).toString());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
