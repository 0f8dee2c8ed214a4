package dev.hexe.policy.profiles.host;

import dev.hexe.policy.profiles.context.HostTraits;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.OwnVariables;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.setting.SettingsReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.value.Comparison;
import dev.hexe.policy.profiles.value.LimitFormats;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Parts of a profile that hold on some hosts: {@code when: [{if: {memory: ">=8G"}, limits: …}]}. A
 * host is asked only for what does not change while it runs, or is among the files that the profile
 * depends on.
 */
public final class HostConditions {
  public static final String KEY = "when";
  private static final String IF = "if";
  private static final String UNLESS = "unless";
  public static final List<String> OUTER = List.of("extends", "profile", OwnVariables.KEY, KEY);
  static final List<String> TRAITS =
      List.of("architecture", "kernel", "memory", "cpus", "distribution", "user", "exists");

  /** One part with keys of a profile. */
  public static Shape shape(Map<String, Shape> keys) {
    Shape conditions = Shape.members(TRAITS, Shape.oneOrMore());
    Map<String, Shape> known = new LinkedHashMap<>();
    known.put(IF, conditions);
    known.put(UNLESS, conditions);
    known.putAll(keys);
    return Shape.members(known);
  }

  private final ProfileContext context;
  private final Consumer<Path> consulted;

  /** Notes the files that a condition looks at with {@code consulted}. */
  public HostConditions(ProfileContext context, Consumer<Path> consulted) {
    this.context = context;
    this.consulted = consulted;
  }

  /** What a file says in all, with what it says for hosts like this one. */
  public Settings add(Settings own, Yaml root, Scope scope) {
    Settings all = own;
    int number = 0;
    for (Mapping part : parts(root, scope)) {
      number++;
      Settings said = settings(part, scope.later(number));
      if (holds(part, scope.at(KEY))) {
        all = said.over(all);
      }
    }
    return all;
  }

  private static List<Mapping> parts(Yaml root, Scope scope) {
    List<Mapping> parts = new ArrayList<>();
    Fields.entry(root, KEY)
        .flatMap(entry -> scope.at(KEY).sequence(entry.value()))
        .ifPresent(
            list ->
                list.items().forEach(item -> scope.at(KEY).mapping(item).ifPresent(parts::add)));
    return parts;
  }

  private static Settings settings(Mapping part, Scope scope) {
    List<Entry> entries = new ArrayList<>();
    boolean outer = false;
    for (Entry entry : part.entries()) {
      String key = entry.key().text();
      outer |= OUTER.contains(key);
      if (OUTER.contains(key)) {
        scope.mistake(
            entry.key(),
            Quotes.quote(key) + " cannot hang on a condition",
            "say it at the top of the profile");
      } else if (!key.equals(IF) && !key.equals(UNLESS)) {
        entries.add(entry);
      }
    }
    if (entries.isEmpty() && !outer) {
      scope.mistake(part, "`when` says nothing for such hosts", "leave it out");
    }
    return entries.isEmpty()
        ? new Settings()
        : new SettingsReader().read(new Mapping(part.span(), entries), scope);
  }

  private boolean holds(Mapping part, Scope scope) {
    List<Entry> conditions =
        part.entries().stream()
            .filter(entry -> List.of(IF, UNLESS).contains(entry.key().text()))
            .toList();
    if (conditions.isEmpty()) {
      scope.mistake(part, "`when` lacks a condition", "add `if: {…}` or `unless: {…}`");
    }
    boolean holds = true;
    for (Entry condition : conditions) {
      boolean all = all(condition.value(), scope.at(condition.key().text()));
      holds &= all == condition.key().text().equals(IF);
    }
    return holds;
  }

  /** All are looked at, so that all mistakes are told. */
  private boolean all(Yaml condition, Scope scope) {
    boolean all = true;
    for (Entry entry :
        scope.mapping(condition).map(it -> Fields.known(it, TRAITS, scope)).orElse(List.of())) {
      all &= any(entry, scope.at(entry.key().text()));
    }
    return all;
  }

  private boolean any(Entry entry, Scope scope) {
    List<Yaml> values =
        entry.value() instanceof Yaml.Sequence list ? list.items() : List.of(entry.value());
    Predicate<String> test = test(entry.key().text(), scope);
    boolean any = false;
    for (Yaml value : values) {
      any |= Values.parsed(test::test).read(value, scope).orElse(false);
    }
    return any;
  }

  private Predicate<String> test(String trait, Scope scope) {
    HostTraits host = context.host().get();
    return switch (trait) {
      case "architecture" -> host.architecture()::equals;
      case "kernel" -> text -> Comparison.ofVersion(host.kernel(), text);
      case "memory" -> text -> Comparison.ofNumber(host.memory(), text, LimitFormats::size);
      case "cpus" -> text -> Comparison.ofNumber(host.cpus(), text, HostConditions::count);
      case "distribution" -> this::isDistribution;
      case "user" -> text -> text.equals(context.user());
      default -> text -> exists(text, scope);
    };
  }

  private boolean isDistribution(String name) {
    consulted.accept(HostTraits.RELEASE);
    return context.host().get().distributions().contains(name);
  }

  private boolean exists(String text, Scope scope) {
    Path path = Path.of(scope.paths().expand(text, true).path());
    consulted.accept(path);
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static Long count(String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw new ProfileException(Quotes.quote(text) + " is not a number of processors", "");
    }
    return Long.parseLong(text);
  }
}
