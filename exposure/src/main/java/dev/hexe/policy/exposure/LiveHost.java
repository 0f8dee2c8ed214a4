package dev.hexe.policy.exposure;

import dev.hexe.policy.api.host.HostReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of this machine. */
public final class LiveHost implements HostView {
  private static final int SETUID_OR_SETGID = 06000;
  private static final int READ = 0444;
  private static final int WRITE = 0222;
  private static final int OF_OWNER = 0700;
  private static final int OF_THE_REST = 0077;

  private final HostReader reader;
  private final Map<String, Entry> seen = new HashMap<>();

  /** This machine, its small files read by {@code reader}. */
  public LiveHost(HostReader reader) {
    this.reader = reader;
  }

  @Override
  public Entry look(String name) {
    return seen.computeIfAbsent(name, LiveHost::lookNow);
  }

  private static Entry lookNow(String name) {
    Path path = Path.of(name);
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isSymbolicLink()
          ? new Entry(Kind.SYMLINK, Files.readSymbolicLink(path).toString())
          : new Entry(found.isDirectory() ? Kind.DIRECTORY : Kind.FILE, "");
    } catch (IOException e) {
      return new Entry(Kind.ABSENT, "");
    }
  }

  @Override
  public Optional<String> read(String path) {
    return reader.read(path);
  }

  @Override
  public boolean mayRead(String path) {
    return Files.isReadable(Path.of(path));
  }

  @Override
  public boolean mayWrite(String path) {
    return Files.isWritable(Path.of(path));
  }

  @Override
  public boolean modeLetsRead(String path, long uid) {
    return modeLets(path, uid, READ);
  }

  @Override
  public boolean modeLetsWrite(String path, long uid) {
    return modeLets(path, uid, WRITE);
  }

  /** What cannot be looked at counts as open: a secret must not be passed over. */
  private static boolean modeLets(String path, long uid, int access) {
    try {
      Map<String, Object> found = Files.readAttributes(Path.of(path), "unix:mode,uid");
      if (!(found.get("mode") instanceof Integer mode)
          || !(found.get("uid") instanceof Integer owner)) {
        return true;
      }
      int part = Integer.toUnsignedLong(owner) == uid ? OF_OWNER : OF_THE_REST;
      return (mode & access & part) != 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public boolean isSetuid(String path) {
    try {
      Object mode = Files.getAttribute(Path.of(path), "unix:mode");
      return mode instanceof Integer bits && (bits & SETUID_OR_SETGID) != 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public List<String> names(String directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return List.of();
    }
    return names.stream().sorted().toList();
  }
}
