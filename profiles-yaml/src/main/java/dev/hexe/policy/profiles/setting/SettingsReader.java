package dev.hexe.policy.profiles.setting;

import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the tree of a file into settings. */
public final class SettingsReader {
  private static final Map<String, Key<?>> KEYS = keys();

  private final Settings settings = new Settings();
  private final List<String> readBefore;

  /** Reads what may have settings alone. */
  public SettingsReader() {
    this(List.of());
  }

  /**
   * Reads what is left of a file.
   *
   * @param readBefore the file's keys beside them
   */
  public SettingsReader(List<String> readBefore) {
    this.readBefore = readBefore;
  }

  /** What the tree says; whatever is wrong with it is noted. */
  public Settings read(Yaml root, Scope scope) {
    scope.mapping(root).ifPresent(mapping -> section(mapping, scope));
    return settings;
  }

  private void section(Mapping mapping, Scope scope) {
    if (mapping.isEmpty()) {
      scope.mistake(mapping, scope.name() + " says nothing", "leave it out");
    }
    List<String> before = scope.key().isEmpty() ? readBefore : List.of();
    for (Entry entry : Fields.known(mapping, below(scope.key()), before, scope)) {
      entry(entry.value(), scope.at(entry.key().text()));
    }
  }

  private void entry(Yaml value, Scope scope) {
    Key<?> key = KEYS.get(scope.key());
    if (key == null) {
      scope.mapping(value).ifPresent(mapping -> section(mapping, scope));
    } else {
      if (key.kind() == Key.Kind.MAPPING && value instanceof Mapping empty && empty.isEmpty()) {
        scope.mistake(value, scope.name() + " says nothing", "leave it out");
      }
      key.read(value, scope, settings);
    }
  }

  /** The keys that may stand below {@code section}, in the order of {@link Keys#all()}. */
  private static Collection<String> below(String section) {
    String prefix = section.isEmpty() ? "" : section + ".";
    Set<String> names = new LinkedHashSet<>();
    for (String path : KEYS.keySet()) {
      if (path.startsWith(prefix)) {
        names.add(path.substring(prefix.length()).replaceFirst("\\..*", ""));
      }
    }
    return names;
  }

  private static Map<String, Key<?>> keys() {
    Map<String, Key<?>> keys = new LinkedHashMap<>();
    ProfileKeys.all().forEach(key -> keys.put(key.path(), key));
    return keys;
  }
}
