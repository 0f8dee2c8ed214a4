package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.key.CapabilityChoice;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.setting.StartSettings;
import dev.hexe.policy.profiles.value.ResourceFormats;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Options on what each process may have: resources and capabilities. */
final class ProcessOptions {
  private ProcessOptions() {}

  /** A limit of a resource. */
  static void limit(String word, PathExpander paths, Origin origin, Settings into) {
    Map.Entry<String, Long> limit = ResourceFormats.assignment(word);
    String text = word.substring(word.indexOf('=') + 1);
    into.enter(StartSettings.RESOURCES.key(), new Said<>(limit, YamlText.scalar(text), origin));
  }

  static void addCapability(String word, PathExpander paths, Origin origin, Settings into) {
    change(into, origin, choice -> choice.with(word));
  }

  static void dropCapability(String word, PathExpander paths, Origin origin, Settings into) {
    change(into, origin, choice -> choice.without(word));
  }

  private static void change(Settings into, Origin origin, UnaryOperator<CapabilityChoice> change) {
    CapabilityChoice choice = change.apply(into.get(Keys.CAPABILITIES));
    into.put(Keys.CAPABILITIES, new Said<>(choice, choice.written(), origin));
  }
}
