package dev.hexe.policy.exposure;

import dev.hexe.policy.api.testing.FakeTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host that a test describes. Everything may be read and written but what is said not to be. */
final class FakeHost implements HostView {
  static final String HOME = "/home/me";

  private final FakeTree tree = FakeTree.empty().directories(HOME, "/tmp", "/dev", "/proc", "/etc");
  private final Set<String> paths = new HashSet<>();
  private final Set<String> denied = new HashSet<>();
  private final Set<String> locked = new HashSet<>();
  private final Set<String> setuid = new HashSet<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> program = new ArrayList<>();
  private String cwd = HOME + "/work";

  FakeHost files(String... names) {
    tree.files(names);
    paths.addAll(Arrays.asList(names));
    return this;
  }

  FakeHost directories(String... names) {
    tree.directories(names);
    paths.addAll(Arrays.asList(names));
    return this;
  }

  FakeHost link(String path, String target) {
    tree.link(path, target);
    return this;
  }

  /** The caller may neither read nor write it. */
  FakeHost denied(String... names) {
    denied.addAll(Arrays.asList(names));
    return this;
  }

  /** Owner and mode let nobody in who has no capability. */
  FakeHost locked(String... names) {
    locked.addAll(Arrays.asList(names));
    return this;
  }

  FakeHost setuid(String path) {
    setuid.add(path);
    return files(path);
  }

  FakeHost text(String path, String text) {
    texts.put(path, text);
    return this;
  }

  FakeHost variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  FakeHost program(String path) {
    program.add(path);
    return files(path);
  }

  FakeHost cwd(String path) {
    cwd = path;
    return this;
  }

  LiveContext here() {
    return new LiveContext(this, HOME, cwd, environment, program);
  }

  @Override
  public Entry look(String path) {
    return tree.look(path);
  }

  @Override
  public Optional<String> read(String path) {
    return Optional.ofNullable(texts.get(path));
  }

  @Override
  public boolean mayRead(String path) {
    return !denied.contains(path);
  }

  @Override
  public boolean mayWrite(String path) {
    return !denied.contains(path);
  }

  @Override
  public boolean modeLetsRead(String path, long uid) {
    return !locked.contains(path);
  }

  @Override
  public boolean modeLetsWrite(String path, long uid) {
    return !locked.contains(path);
  }

  @Override
  public boolean isSetuid(String path) {
    return setuid.contains(path);
  }

  @Override
  public List<String> names(String directory) {
    String prefix = directory + "/";
    return paths.stream()
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()).replaceFirst("/.*", ""))
        .distinct()
        .sorted()
        .toList();
  }
}
