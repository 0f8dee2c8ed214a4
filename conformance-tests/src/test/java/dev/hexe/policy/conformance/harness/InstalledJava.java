package dev.hexe.policy.conformance.harness;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java that the product runs with. Root has the newest of this machine, and an ordinary user
 * the one that runs the suite, so that both are tried wherever there are two.
 */
public final class InstalledJava {
  private static final Path SYSTEM = Path.of("/usr/lib/jvm");
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

  private static final Path OF_THE_SUITE = Path.of(System.getProperty("java.home"));
  private static final Path NEWEST = newest();

  private InstalledJava() {}

  /** Its home for a user. */
  public static Path of(User user) {
    return user == User.ROOT ? NEWEST : OF_THE_SUITE;
  }

  private static Path newest() {
    Path newest = OF_THE_SUITE;
    int best = Runtime.version().feature();
    try (DirectoryStream<Path> installed = Files.newDirectoryStream(SYSTEM)) {
      for (Path home : installed) {
        int version = Files.isExecutable(home.resolve("bin/javac")) ? version(home) : 0;
        if (version > best) {
          newest = home;
          best = version;
        }
      }
    } catch (IOException e) {
      return newest; // what cannot be told is not tried
    }
    return newest;
  }

  private static int version(Path home) throws IOException {
    Path release = home.resolve("release");
    Matcher version = VERSION.matcher(Files.isReadable(release) ? Files.readString(release) : "");
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }
}
