package dev.hexe.policy.profiles.site;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.key.Words;
import dev.hexe.policy.profiles.library.Library;
import dev.hexe.policy.profiles.network.NetworkSets;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.setting.SettingsReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.site.CommandRules.Rule;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.SourceText;
import dev.hexe.policy.profiles.yaml.Span;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One {@code config.yaml}, of a site or of a user. */
public final class ConfigFile {
  private static final String DEFAULT = "default";
  public static final String LIMITS = "limits";
  private static final String COMMANDS = "commands";
  private static final String SETS = "sets";
  private static final Collection<String> KEYS = shape(Shape.TEXT).known().keySet();
  private static final String FLOATS = "floats";
  private static final Pattern SET = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern COMMAND = Pattern.compile("[^/\\s]{1,255}");

  private final ProfileContext context;
  private final Path file;
  private final Mistakes mistakes;
  private final Yaml root;
  private final CommandRules commands = new CommandRules();
  private final List<NamedProfile> named = new ArrayList<>();
  private final Map<String, List<Destination>> sets = new LinkedHashMap<>();
  private final Map<String, NamedFloat> floats = new LinkedHashMap<>();

  /**
   * Reads a file.
   *
   * @throws ProfileException with all mistakes there are in it
   */
  ConfigFile(Path file, ProfileContext context) {
    this.context = context;
    this.file = file;
    SourceText text = ProfileFile.read(file, file.toString());
    mistakes = new Mistakes(text);
    root =
        new TreeReader(text, mistakes)
            .read()
            .filter(node -> !node.isEmpty())
            .orElse(new Mapping(Span.START, List.of()));
    Scope scope = scope(NetworkSets.SHIPPED, 0);
    scope.mapping(root).ifPresent(mapping -> Fields.known(mapping, KEYS, scope));
    Fields.entry(root, DEFAULT).ifPresent(entry -> profile(entry, scope));
    section(COMMANDS, scope).forEach(entry -> command(entry, scope.at(COMMANDS)));
    section(SETS, scope).forEach(entry -> set(entry, scope.at(SETS)));
    Fields.entry(root, OwnPlugins.KEY).ifPresent(entry -> ownPlugins(entry, scope));
    FloatReader reader = new FloatReader(name(), this::profile);
    section(FLOATS, scope)
        .forEach(
            entry ->
                reader
                    .read(entry, scope.at(FLOATS))
                    .ifPresent(it -> floats.put(entry.key().text(), it)));
    limits(0);
    mistakes.throwIfAny();
  }

  /** What it may hold, with limits of this shape. */
  public static Shape.Members shape(Shape limits) {
    Map<String, Shape> known = new LinkedHashMap<>();
    known.put(DEFAULT, Shape.TEXT);
    known.put(LIMITS, limits);
    known.put(COMMANDS, Shape.open(Shape.TEXT));
    known.put(SETS, Shape.open(new Shape.Items(Shape.TEXT, true)));
    known.put(OwnPlugins.KEY, Shape.words(List.of(OwnPlugins.ALLOWED, OwnPlugins.DENIED)));
    known.put(FLOATS, Shape.open(FloatReader.shape()));
    return Shape.members(known);
  }

  private Scope scope(NetworkSets known, int layer) {
    String directory = String.valueOf(file.getParent());
    return new Scope("", new PathExpander(context, directory), known, mistakes, layer);
  }

  private List<Entry> section(String name, Scope scope) {
    return Fields.entry(root, name)
        .flatMap(entry -> scope.at(name).mapping(entry.value()))
        .map(Mapping::entries)
        .orElse(List.of());
  }

  /** A name, or the file at a path that is taken from here. */
  private Optional<String> profile(Entry entry, Scope scope) {
    Scope below = scope.at(entry.key().text());
    Optional<String> profile = profile(entry.value(), below);
    profile.ifPresent(
        it -> named.add(new NamedProfile(below.key(), it, below.origin(entry.value()))));
    return profile;
  }

  private Optional<String> profile(Yaml node, Scope scope) {
    return scope
        .scalar(node)
        .flatMap(
            value -> {
              if (!Library.isPath(value.text())) {
                return Optional.of(value.text());
              }
              try {
                return Optional.of(scope.paths().expand(value.text(), false).path());
              } catch (ProfileException e) {
                mistakes.add(value.span(), e);
                return Optional.empty();
              }
            });
  }

  private void command(Entry entry, Scope scope) {
    if (!COMMAND.matcher(entry.key().text()).matches()) {
      scope.mistake(
          entry.key(),
          Quotes.quote(entry.key().text()) + " is not the name of a program",
          "write it without a directory, as in `npm` or `pip*`");
    }
    profile(entry, scope)
        .map(name -> new Rule(entry.key().text(), name, scope.origin(entry.key())))
        .ifPresent(commands::add);
  }

  private void ownPlugins(Entry entry, Scope scope) {
    new WordReader<>(Words.either(OwnPlugins.ALLOWED, OwnPlugins.DENIED))
        .read(entry.value(), scope.at(OwnPlugins.KEY));
    if (!file.equals(OwnPlugins.siteFile())) {
      scope.mistake(
          entry.key(),
          Quotes.quote(OwnPlugins.KEY) + " is for the site's file alone",
          "say it in `" + OwnPlugins.siteFile() + "`");
    }
  }

  private void set(Entry entry, Scope scope) {
    String name = entry.key().text();
    if (!SET.matcher(name).matches()) {
      scope.mistake(
          entry.key(),
          Quotes.quote(name) + " is not a name for a set of destinations",
          "accepted: lower-case letters, digits and `-`; it is written `@NAME` in `network.allow`");
    } else if (NetworkSets.isShipped(name)) {
      scope.mistake(
          entry.key(),
          "the set " + Quotes.quote("@" + name) + " is a shipped one",
          "choose another name");
    } else if (entry.value() instanceof Yaml.Sequence list && list.isEmpty()) {
      scope.mistake(
          entry.value(),
          "the set " + Quotes.quote("@" + name) + " lists no destination",
          "leave it out, and what names it: `network: none` allows nothing");
    }
    List<Destination> destinations = new ArrayList<>();
    scope
        .at(name)
        .sequence(entry.value())
        .ifPresent(
            list ->
                list.items()
                    .forEach(
                        item ->
                            Values.parsed(NetworkSets.SHIPPED::allowed)
                                .read(item, scope.at(name))
                                .ifPresent(destinations::addAll)));
    sets.put(name, destinations);
  }

  /** What it says of limits, as said in {@code layer}. */
  Settings limits(int layer) {
    List<Entry> limits = Fields.entry(root, LIMITS).stream().toList();
    return limits.isEmpty()
        ? new Settings()
        : new SettingsReader()
            .read(new Mapping(root.span(), limits), scope(NetworkSets.SHIPPED, layer));
  }

  /** The profile where nobody names one. */
  Optional<NamedProfile> profile() {
    return named(DEFAULT);
  }

  /** The profile of a program. */
  Optional<NamedProfile> profileOf(String program) {
    return commands.ruleFor(program).flatMap(rule -> named(COMMANDS + "." + rule.program()));
  }

  private Optional<NamedProfile> named(String key) {
    return named.stream().filter(it -> it.key().equals(key)).findFirst();
  }

  /** The programs that have a profile here. */
  public CommandRules commands() {
    return commands;
  }

  /** A profile that is named here, at the key that names it. */
  public record NamedProfile(String key, String profile, Origin place) {}

  /** All profiles that are named here. */
  public List<NamedProfile> named() {
    return List.copyOf(named);
  }

  Map<String, List<Destination>> sets() {
    return sets;
  }

  /** Commands with their profiles, by name. */
  Map<String, NamedFloat> floats() {
    return floats;
  }

  /** The file, as messages name it. */
  public String name() {
    return Quotes.visible(file.toString());
  }
}
