package dev.hexe.policy.backend.seccomp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks for libseccomp without loading it: where the environment says, where distributions put it,
 * and in the loader's own list, see {@code ld.so(8)}.
 */
final class LibSeccompFinder {
  private static final String FILE = "libseccomp.so.2";
  private static final String VARIABLE = "LD_LIBRARY_PATH";
  private static final List<String> DIRECTORIES =
      List.of(
          "/usr/lib",
          "/usr/lib64",
          "/lib",
          "/lib64",
          "/usr/local/lib",
          // NixOS and Guix, which have none of the above
          "/run/current-system/sw/lib",
          "/run/current-system/profile/lib");
  private static final Path LOADER_LIST = Path.of("/etc/ld.so.cache");

  private final Path root;
  private final Map<String, String> environment;

  LibSeccompFinder(Path root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  /** The path of the one that this process can load. */
  static Optional<String> find() {
    return new LibSeccompFinder(Path.of("/"), System.getenv()).library().map(Path::toString);
  }

  Optional<Path> library() {
    return Stream.<Supplier<Stream<Path>>>of(this::named, this::usual, this::listed)
        .flatMap(Supplier::get)
        .filter(ElfHeader::isOfThisProcess)
        .findFirst();
  }

  private Stream<Path> named() {
    return Arrays.stream(environment.getOrDefault(VARIABLE, "").split("[:;]"))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, FILE));
  }

  private Stream<Path> usual() {
    return DIRECTORIES.stream()
        .map(this::inRoot)
        .flatMap(each -> Stream.concat(Stream.of(each), multiarch(each)))
        .map(directory -> directory.resolve(FILE));
  }

  /** Debian keeps libraries in a directory for each architecture. */
  private static Stream<Path> multiarch(Path directory) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*-linux-*")) {
      Stream.Builder<Path> all = Stream.builder();
      found.forEach(all);
      return all.build();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** The paths in the list are strings that end with NUL. */
  private Stream<Path> listed() {
    try (InputStream list = Files.newInputStream(inRoot(LOADER_LIST.toString()))) {
      return Arrays.stream(new String(list.readAllBytes(), StandardCharsets.ISO_8859_1).split("\0"))
          .filter(text -> text.startsWith("/") && text.endsWith("/" + FILE))
          .map(this::inRoot);
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private Path inRoot(String path) {
    return root.resolve(path.substring(1));
  }
}
