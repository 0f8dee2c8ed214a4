package dev.hexe.policy.profiles.value;

import dev.hexe.policy.api.profile.MountEntries.Root;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what holds paths as YAML on one line, so that it means the same in every file. */
public final class MountEntryYaml {
  private MountEntryYaml() {}

  public static String path(PathRule rule) {
    return path(rule.path());
  }

  /** A directory, or the one that is usual. */
  public static String directory(Optional<PathRule> rule) {
    return rule.map(MountEntryYaml::path).orElse("");
  }

  public static String root(List<Root> roots) {
    Root root = roots.get(0);
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("from", path(root.source()));
    parts.put("access", root.writable() ? "write" : "read");
    return YamlText.mapping(parts);
  }

  public static String of(MountEntry fixture) {
    Map<String, String> parts = new LinkedHashMap<>();
    if (fixture instanceof MountEntry.Bind bind) {
      parts.put("from", path(bind.source()));
      parts.put("to", path(bind.path()));
      return YamlText.mapping(parts);
    }
    parts.put("at", path(fixture.path()));
    if (fixture instanceof MountEntry.Overlay overlay) {
      parts.put(
          "lower", YamlText.list(overlay.lower().stream().map(MountEntryYaml::path).toList()));
      changes(overlay.changes(), parts);
    } else if (fixture instanceof MountEntry.Tmpfs tmpfs) {
      parts.put("size", Long.toString(tmpfs.size()));
      mode(tmpfs.mode(), parts);
    } else if (fixture instanceof MountEntry.Directory directory) {
      mode(directory.mode(), parts);
    } else if (fixture instanceof MountEntry.Symlink symlink) {
      parts.put("to", YamlText.scalar(symlink.target()));
    } else {
      file(fixture, parts);
    }
    return YamlText.mapping(parts);
  }

  private static void file(MountEntry fixture, Map<String, String> parts) {
    if (fixture instanceof MountEntry.Text text) {
      parts.put("text", YamlText.scalar(text.text()));
      mode(text.mode(), parts);
    } else if (fixture instanceof MountEntry.Copy copy) {
      parts.put("descriptor", Integer.toString(copy.descriptor()));
      mode(copy.mode(), parts);
    }
  }

  private static void changes(Changes changes, Map<String, String> parts) {
    if (changes instanceof Changes.Kept kept) {
      parts.put("upper", path(kept.upper()));
      parts.put("work", path(kept.work()));
    } else if (changes instanceof Changes.Discarded discarded) {
      parts.put("size", Long.toString(discarded.size()));
    } else {
      parts.put("access", "read");
    }
  }

  private static void mode(int mode, Map<String, String> parts) {
    parts.put("mode", "%04o".formatted(mode));
  }

  private static String path(String path) {
    return YamlText.scalar(ProtectedPathEntry.text(path));
  }
}
