package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.ProtectedPathsReader;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings as a profile that extends nothing and means the same, each line with the place where it
 * was said.
 */
final class ResolvedYaml {
  private static final int COMMENTS = 48;

  private final Settings settings;
  private final Profile profile;
  private final List<String> lines = new ArrayList<>();
  private String section = "";

  private ResolvedYaml(Settings settings, Profile profile) {
    this.settings = settings;
    this.profile = profile;
  }

  /** The text; what waits for options that were not given is left out. */
  static String of(Settings settings, Profile profile) {
    ResolvedYaml yaml = new ResolvedYaml(settings, profile);
    Map<String, List<Key<?>>> sections = new LinkedHashMap<>();
    ProfileKeys.all().stream()
        .filter(key -> key != Keys.EXTENDS)
        .forEach(key -> sections.computeIfAbsent(section(key), any -> new ArrayList<>()).add(key));
    sections.values().forEach(keys -> keys.forEach(yaml::add));
    return String.join("\n", yaml.lines);
  }

  /** A key that stands at the top is a section of its own. */
  private static String section(Key<?> key) {
    return key.path().replaceFirst("\\..*", "");
  }

  private void add(Key<?> key) {
    List<Said<Object>> said =
        settings.all(key).stream()
            .filter(each -> !Futile.isIdle(key, each, settings, profile))
            .toList();
    if (said.isEmpty()) {
      return;
    }
    String indent = enter(key.path());
    String name = key.path().substring(key.path().lastIndexOf('.') + 1) + ":";
    if (key.kind() == Key.Kind.VALUE) {
      line(indent + name + " " + key.text(said.get(0)), said.get(0).origin());
      return;
    }
    lines.add(indent + name);
    items(key, said).forEach((item, origin) -> line(indent + "  " + item, origin));
  }

  /** The default list is one item, wherever it stands. */
  private static Map<String, Origin> items(Key<?> key, List<Said<Object>> said) {
    Map<String, Origin> items = new LinkedHashMap<>();
    for (Said<Object> each : said) {
      String item =
          key.kind() == Key.Kind.MAPPING
              ? YamlText.scalar(String.valueOf(key.sameness(each.value()))) + ": " + key.text(each)
              : "- " + (each.isGeneric() ? ProtectedPathsReader.DEFAULT : key.text(each));
      items.putIfAbsent(
          item, each.origin() instanceof Origin.DefaultList list ? list.asked() : each.origin());
    }
    return items;
  }

  /** Starts the section of a key where it is another one; says how far its lines are indented. */
  private String enter(String path) {
    String next = path.contains(".") ? path.substring(0, path.indexOf('.')) : "";
    if (!next.equals(section) && !next.isEmpty()) {
      lines.add(next + ":");
    }
    section = next;
    return next.isEmpty() ? "" : "  ";
  }

  private void line(String text, Origin origin) {
    String gap = " ".repeat(Math.max(1, COMMENTS - text.length()));
    lines.add(text + gap + "# " + Quotes.visible(origin.text()));
  }
}
