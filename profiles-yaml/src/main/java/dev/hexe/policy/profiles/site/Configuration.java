package dev.hexe.policy.profiles.site;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.library.ProfileSelection.Choice;
import dev.hexe.policy.profiles.network.NetworkSets;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.site.ConfigFile.NamedProfile;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Settings of a user and a site for all profiles; the user's file counts over the site's. */
public final class Configuration {
  public static final String FILE = "config.yaml";

  private final List<ConfigFile> files;
  private final NetworkSets sets;

  private Configuration(List<ConfigFile> files) {
    this.files = files;
    this.sets = new NetworkSets(sets(files));
  }

  /**
   * Reads the files there are; each that was looked for is {@code consulted}.
   *
   * @throws ProfileException where one has mistakes
   */
  public static Configuration read(ProfileContext context, Consumer<Path> consulted) {
    return new Configuration(
        context.searchPath().stream()
            .map(profiles -> profiles.resolveSibling(FILE))
            .peek(consulted)
            .filter(file -> !Files.notExists(file))
            .map(file -> new ConfigFile(file, context))
            .toList());
  }

  /** The user's own file, whether or not it is there. */
  public static Path ofUser(ProfileContext context) {
    return context.searchPath().get(0).resolveSibling(FILE);
  }

  /**
   * Reads one file, wherever it lies.
   *
   * @throws ProfileException where it has mistakes
   */
  public static ConfigFile file(Path file, ProfileContext context) {
    return new ConfigFile(file, context);
  }

  /** The files that there are, first that which counts over the other. */
  public List<ConfigFile> files() {
    return files;
  }

  // A site's profile that names a set means that of the site.
  private static Map<String, List<Destination>> sets(List<ConfigFile> files) {
    Map<String, List<Destination>> all = new HashMap<>();
    for (ConfigFile file : files) {
      file.sets()
          .forEach(
              (name, destinations) -> {
                if (all.put(name, destinations) != null) {
                  throw new ProfileException(
                      file.name()
                          + " has a set "
                          + Quotes.quote("@" + name)
                          + ", and so has "
                          + files.get(0).name(),
                      "rename yours");
                }
              });
    }
    return all;
  }

  /** Names of sets of destinations, with the shipped ones. */
  public NetworkSets sets() {
    return sets;
  }

  /** The limits that hold where no profile but a shipped one says anything, in this layer. */
  public Settings limits(int layer) {
    Settings limits = new Settings();
    for (int i = files.size() - 1; i >= 0; i--) {
      limits = files.get(i).limits(layer).over(limits);
    }
    return limits;
  }

  /** Whether any program has a profile. */
  public boolean namesCommands() {
    return files.stream().anyMatch(file -> !file.commands().all().isEmpty());
  }

  /**
   * The float of a name; the user's counts over the site's.
   *
   * @throws ProfileException where there is none
   */
  public NamedFloat named(String name) {
    Map<String, NamedFloat> all = new TreeMap<>();
    files.forEach(file -> file.floats().forEach(all::putIfAbsent));
    NamedFloat found = all.get(name);
    if (found == null) {
      String there =
          all.isEmpty()
              ? "`floats` in `config.yaml` has them: see docs/configuration.md"
              : "there are " + Quotes.quote(all.keySet().stream().map(it -> "@" + it).toList());
      String help =
          Nearest.to(name, List.copyOf(all.keySet()))
              .map(near -> "did you mean " + Quotes.quote("@" + near) + "? ")
              .orElse("");
      throw new ProfileException("there is no float " + Quotes.quote("@" + name), help + there);
    }
    return found;
  }

  /** The profile for a command with this first word, else the one for all. */
  public Optional<Choice> choice(Optional<String> command) {
    return command
        .map(word -> word.substring(word.lastIndexOf('/') + 1))
        .flatMap(this::choiceFor)
        .or(() -> first(ConfigFile::profile));
  }

  private Optional<Choice> choiceFor(String program) {
    return first(file -> file.profileOf(program));
  }

  private Optional<Choice> first(Function<ConfigFile, Optional<NamedProfile>> named) {
    return files.stream()
        .flatMap(file -> named.apply(file).stream())
        .findFirst()
        .map(it -> new Choice(it.place().text(), it.profile()));
  }
}
