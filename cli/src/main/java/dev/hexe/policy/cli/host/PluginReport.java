package dev.hexe.policy.cli.host;

import com.google.gson.JsonObject;
import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.cli.plugin.Plugin;
import dev.hexe.policy.cli.plugin.PluginException;
import dev.hexe.policy.cli.plugin.Plugins;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The plug-ins as {@code doctor} lists them.
 *
 * @param plugins those that are loaded
 * @param problem why none can be used; empty where they can
 */
public record PluginReport(List<Plugin> plugins, Optional<PluginException> problem) {
  /** Loads them; one that is broken is reported, and nothing of any of them takes part. */
  public static PluginReport of(Invocation invocation) {
    try {
      return new PluginReport(
          Plugins.load(invocation.profileContext().home(), invocation.caller().uid()).all(),
          Optional.empty());
    } catch (PluginException e) {
      return new PluginReport(List.of(), Optional.of(e));
    }
  }

  /** As a section to be read; empty where there is nothing to say. */
  Optional<String> text(Style style) {
    List<String> lines = new ArrayList<>();
    plugins.forEach(plugin -> lines.add("  " + Printable.text(line(plugin))));
    problem.ifPresent(
        it -> {
          lines.add(style.bad("  " + Printable.text(String.valueOf(it.getMessage()))));
          lines.add("    fix: " + Printable.text(it.help()));
        });
    Plugins.current().warning().ifPresent(it -> lines.add("  " + Printable.text(it)));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(style.bold("plug-ins") + "\n" + String.join("\n", lines));
  }

  private static String line(Plugin plugin) {
    return plugin.name() + " " + plugin.version() + "  " + plugin.jar() + keys(plugin);
  }

  private static String keys(Plugin plugin) {
    return plugin.guarantees().isEmpty()
        ? ""
        : plugin.guarantees().stream()
            .map(GuaranteeProvider::key)
            .map(key -> "`" + key.path() + "`")
            .collect(Collectors.joining(", ", "  adds ", ""));
  }

  /** For programs. */
  void write(JsonObject document) {
    document.add("plugins", Json.array(plugins, PluginReport::json));
    problem.ifPresent(it -> document.addProperty("pluginProblem", it.getMessage()));
  }

  private static JsonObject json(Plugin plugin) {
    JsonObject json = new JsonObject();
    json.addProperty("name", plugin.name());
    json.addProperty("version", plugin.version());
    json.addProperty("location", plugin.jar().toString());
    json.add(
        "keys", Json.strings(plugin.guarantees().stream().map(it -> it.key().path()).toList()));
    return json;
  }
}
