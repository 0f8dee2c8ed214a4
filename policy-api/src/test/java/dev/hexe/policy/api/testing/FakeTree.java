package dev.hexe.policy.api.testing;

import dev.hexe.policy.api.host.HostTree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A tree of files that a test describes. */
public final class FakeTree implements HostTree {
  private static final Entry ABSENT = new Entry(Kind.ABSENT, "");

  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> unreadable = new HashSet<>();

  /** A tree with nothing in it. */
  public static FakeTree empty() {
    return new FakeTree();
  }

  /** A system whose /bin and /lib are symlinks into /usr, with the home /home/me. */
  public static FakeTree mergedUsr() {
    return empty()
        .directories("/usr/bin", "/usr/lib", "/etc", "/home/me", "/proc/sys", "/tmp", "/dev/pts")
        .files("/etc/passwd", "/dev/null", "/dev/zero", "/proc/sysrq-trigger")
        .link("/bin", "usr/bin")
        .link("/lib", "usr/lib");
  }

  /** Adds directories and those above them. */
  public FakeTree directories(String... paths) {
    for (String path : paths) {
      addDirectory(path);
    }
    return this;
  }

  /** Adds files and the directories above them. */
  public FakeTree files(String... paths) {
    for (String path : paths) {
      addDirectory(parent(path));
      entries.put(path, new Entry(Kind.FILE, ""));
    }
    return this;
  }

  /** Adds a symlink and the directories above it. */
  public FakeTree link(String path, String target) {
    addDirectory(parent(path));
    entries.put(path, new Entry(Kind.SYMLINK, target));
    return this;
  }

  /** Adds a file that holds something, and the directories above it. */
  public FakeTree text(String path, String content) {
    texts.put(path, content);
    return files(path);
  }

  /** Adds files that the caller may not read, and the directories above them. */
  public FakeTree unreadable(String... paths) {
    unreadable.addAll(List.of(paths));
    return files(paths);
  }

  private void addDirectory(String path) {
    if (!path.isEmpty() && entries.putIfAbsent(path, new Entry(Kind.DIRECTORY, "")) == null) {
      addDirectory(parent(path));
    }
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  @Override
  public Entry look(String path) {
    return entries.getOrDefault(path, ABSENT);
  }

  @Override
  public boolean isReadableFile(String path) {
    return isRegularFile(path) && !unreadable.contains(path);
  }

  @Override
  public Optional<String> text(String path) {
    return Optional.ofNullable(texts.get(path));
  }

  @Override
  public List<String> namesIn(String directory) {
    return entries.keySet().stream()
        .filter(path -> parent(path).equals(directory))
        .map(path -> path.substring(directory.length() + 1))
        .sorted()
        .toList();
  }

  @Override
  public Map<String, String> linksIn(String directory) {
    Map<String, String> links = new HashMap<>();
    for (String name : namesIn(directory)) {
      Entry entry = look(directory + "/" + name);
      if (entry.kind() == Kind.SYMLINK) {
        links.put(name, entry.target());
      }
    }
    return links;
  }
}
