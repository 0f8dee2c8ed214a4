package dev.hexe.policy.cli.plugin;

import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.profiles.AddedKeyRules;
import dev.hexe.policy.profiles.site.OwnPlugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plug-ins of a run.
 *
 * @param all those that are loaded
 * @param consulted the folders and jars that were looked at, whether there or not
 * @param warning what there is to say of plug-ins that are not used
 */
public record Plugins(List<Plugin> all, List<Path> consulted, Optional<String> warning) {
  private static final Path SITE = Path.of("/etc/hexe-policy/plugins");
  private static final Path OWN = Path.of(".config/hexe-policy/plugins");
  private static final long ROOT = 0;
  private static final Plugins NONE = new Plugins(List.of(), List.of(), Optional.empty());
  private static volatile Plugins current = NONE;

  /** Copies the lists. */
  public Plugins {
    all = List.copyOf(all);
    consulted = List.copyOf(consulted);
  }

  /**
   * Finds them, and lets {@link java.util.ServiceLoader} find them from here on.
   *
   * @param home the caller's home; variables that lead elsewhere are ignored
   * @param caller the caller's uid
   * @throws PluginException where one cannot be used
   */
  public static Plugins load(Path home, long caller) {
    current =
        load(
            new PluginFolder(SITE, ROOT),
            new PluginFolder(own(home), caller),
            OwnPlugins.siteFile());
    return current;
  }

  /** Where a user's own are. */
  public static Path own(Path home) {
    return home.resolve(OWN);
  }

  /** Those that were loaded for this run; none before that. */
  public static Plugins current() {
    return current;
  }

  static Plugins load(PluginFolder site, PluginFolder own, Path siteFile) {
    List<Path> consulted = new ArrayList<>(List.of(site.directory(), own.directory()));
    Optional<String> denial = own.exists() ? OwnPlugins.denial(siteFile) : Optional.empty();
    List<Path> jars =
        Stream.concat(site.jars().stream(), denial.isPresent() ? Stream.of() : own.jars().stream())
            .toList();
    consulted.addAll(jars);
    return new Plugins(
        jars.isEmpty() ? List.of() : load(jars),
        consulted,
        denial.map(why -> "the plug-ins in " + own.directory() + " are not used: " + why));
  }

  private static List<Plugin> load(List<Path> files) {
    List<PluginJar> jars = files.stream().map(PluginJar::new).toList();
    Map<String, Path> classes = new HashMap<>();
    List<GuaranteeProvider> guarantees = new ArrayList<>();
    List<Plugin> plugins = new ArrayList<>();
    for (PluginJar jar : jars) {
      Plugin plugin = jar.load();
      refuseTwins(plugin, jar, classes);
      plugins.add(plugin);
    }
    Thread.currentThread()
        .setContextClassLoader(new PluginClasses(jars.stream().map(PluginJar::loader).toList()));
    // Behind that: to compare keys loads what asks for those of plug-ins once.
    for (int i = 0; i < jars.size(); i++) {
      PluginJar jar = jars.get(i);
      plugins.get(i).guarantees().forEach(provider -> add(provider, jar, guarantees));
    }
    return plugins;
  }

  private static void refuseTwins(Plugin plugin, PluginJar jar, Map<String, Path> classes) {
    Stream.concat(plugin.backends().stream(), plugin.guarantees().stream())
        .map(part -> part.getClass().getName())
        .distinct()
        .forEach(
            name -> {
              Path other = classes.putIfAbsent(name, plugin.jar());
              if (other != null) {
                throw jar.broken(
                    "has the class " + Text.quote(name) + ", and so has " + Text.quote(other),
                    "remove one of them");
              }
            });
  }

  private static void add(
      GuaranteeProvider provider, PluginJar jar, List<GuaranteeProvider> guarantees) {
    Optional<String> problem;
    try {
      problem = AddedKeyRules.problem(provider, guarantees);
    } catch (RuntimeException | LinkageError e) {
      throw jar.failed(e);
    }
    if (problem.isPresent()) {
      throw jar.broken("cannot be used: " + problem.get(), "mend it, or remove it");
    }
    guarantees.add(provider);
  }
}
