package dev.hexe.policy.engine.system;

import dev.hexe.policy.api.plan.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of this machine. A plan depends on the symlinks that were followed and on the absence
 * of what was not there; directories and files are resolved again at each run.
 */
public final class LiveHostTree implements RecordingTree {
  private static final long LONGEST_TEXT = 1 << 20;

  private final Map<String, Entry> seen = new LinkedHashMap<>();
  private final Map<String, Action> dependencies = new LinkedHashMap<>();

  @Override
  public Entry look(String path) {
    Entry entry = glance(path);
    if (entry.kind() == Kind.ABSENT) {
      dependencies.put(path, FileDependency.onAbsence(path));
    }
    return entry;
  }

  @Override
  public Entry glance(String path) {
    return seen.computeIfAbsent(path, this::lookNow);
  }

  @Override
  public List<Action> dependencies() {
    return List.copyOf(dependencies.values());
  }

  @Override
  public boolean isRegularFile(String path) {
    return Files.isRegularFile(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isReadableFile(String path) {
    boolean readable = isRegularFile(path) && Files.isReadable(Path.of(path));
    if (!readable) {
      remember(path);
    }
    return readable;
  }

  @Override
  public void remember(String path) {
    dependencies.put(path, FileDependency.on(Path.of(path)));
  }

  @Override
  public void rememberEntry(String path) {
    dependencies.putIfAbsent(path, FileDependency.onEntry(Path.of(path)));
  }

  @Override
  public Optional<String> text(String path) {
    remember(path);
    try {
      Path file = Path.of(path).toRealPath();
      remember(file.toString());
      return Files.isRegularFile(file) && Files.size(file) <= LONGEST_TEXT
          ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> namesIn(String directory) {
    remember(directory);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException | DirectoryIteratorException e) {
      // What cannot be listed here cannot be listed by the command either.
      return List.of();
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public Map<String, String> linksIn(String directory) {
    remember(directory);
    Map<String, String> links = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
      for (Path entry : entries) {
        addTarget(entry, links);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return Map.of(); // as above
    }
    return links;
  }

  /** There are hundreds, and nearly all are symlinks: to ask first would take half of the time. */
  private static void addTarget(Path entry, Map<String, String> links) {
    try {
      links.put(String.valueOf(entry.getFileName()), Files.readSymbolicLink(entry).toString());
    } catch (IOException e) {
      return; // It is none, or has gone since: then the directory is another one at the next run.
    }
  }

  private Entry lookNow(String name) {
    Path path = Path.of(name);
    try {
      return entry(
          path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      // Out of reach for the caller, and so for the command, is the same as not there.
      return new Entry(Kind.ABSENT, "");
    }
  }

  private Entry entry(Path path, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      dependencies.put(path.toString(), FileDependency.onEntry(path)); // its target never changes
      return new Entry(Kind.SYMLINK, Files.readSymbolicLink(path).toString());
    }
    return new Entry(attributes.isDirectory() ? Kind.DIRECTORY : Kind.FILE, "");
  }
}
