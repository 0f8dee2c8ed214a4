package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a profile and those it extends. */
final class Loader {
  private static final Yaml NOTHING = new Yaml.Mapping(Span.START, List.of());

  private final Library library;
  private final ProfileContext context;

  Loader(Library library, ProfileContext context) {
    this.library = library;
    this.context = context;
  }

  /**
   * What a profile says, on top of what the profiles say that it extends.
   *
   * @throws ProfileException with all mistakes of the first file that has any
   */
  Settings load(ProfileSource source) {
    return load(source, List.of());
  }

  private Settings load(ProfileSource source, List<ProfileSource> before) {
    List<ProfileSource> chain = append(before, source);
    Mistakes mistakes = new Mistakes(source.text());
    Scope scope =
        new Scope(
            "",
            new PathExpander(context, source.directory()),
            mistakes,
            Origin.OWN_LAYER - before.size());
    Yaml root = root(source, mistakes);
    Settings own = root.isEmpty() ? new Settings() : new SettingsReader().read(root, scope);
    Optional<ProfileSource> base = base(own, root, chain, mistakes);
    boolean sound = mistakes.isEmpty();
    Settings below =
        sound
            ? base.map(found -> inherited(found, chain)).orElseGet(Settings::new)
            : new Settings();
    Settings merged = own.over(below);
    refuseNames(own, root, mistakes);
    refuseReplacingNothing(own, below, mistakes);
    if (sound || !own.mentions(Keys.EXTENDS)) {
      refuseSilentLists(own, merged, root, mistakes);
    }
    mistakes.throwIfAny();
    return merged;
  }

  // The name is not inherited: a profile that extends another one is not that one.
  private Settings inherited(ProfileSource base, List<ProfileSource> chain) {
    return load(base, chain).without(Keys.PROFILE);
  }

  private static Yaml root(ProfileSource source, Mistakes mistakes) {
    Optional<Yaml> root = new TreeReader(source.text(), mistakes).read();
    if (root.filter(node -> !node.isEmpty()).isPresent()) {
      return root.get();
    }
    if (mistakes.isEmpty()) {
      String help = "one that allows everything says `extends: none`";
      mistakes.add(Span.START, "the profile is empty", help);
    }
    return NOTHING;
  }

  private Optional<ProfileSource> base(
      Settings own, Yaml root, List<ProfileSource> chain, Mistakes mistakes) {
    String base = own.get(Keys.EXTENDS);
    if (base.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(acyclic(library.extended(base, directory(chain)), chain));
    } catch (ProfileException e) {
      mistakes.add(span(root, "extends", Yaml.Entry::value), e);
      return Optional.empty();
    }
  }

  private Path directory(List<ProfileSource> chain) {
    ProfileSource last = chain.get(chain.size() - 1);
    return last.file().map(Path::getParent).orElse(context.cwd());
  }

  private static ProfileSource acyclic(ProfileSource base, List<ProfileSource> chain) {
    if (chain.stream().anyMatch(base::isSameAs)) {
      String names =
          Stream.concat(chain.stream(), Stream.of(base))
              .map(source -> Quotes.quote(source.text().name()))
              .collect(Collectors.joining(" extends "));
      throw new ProfileException("a profile extends itself: " + names, "");
    }
    return base;
  }

  private static void refuseNames(Settings own, Yaml root, Mistakes mistakes) {
    String name = own.get(Keys.PROFILE);
    if (BuiltIns.has(name)) {
      mistakes.add(
          span(root, "profile", Yaml.Entry::value),
          Quotes.quote(name) + " is the name of a built-in profile, and this is another one",
          "choose another name; what it starts from stands behind `extends`");
    }
  }

  private static void refuseReplacingNothing(Settings own, Settings base, Mistakes mistakes) {
    for (Key<?> key : Keys.ALL) {
      boolean replaces = key.kind() == Key.Kind.LIST && own.onlyOf(key).isPresent();
      if (replaces && Keys.twins(key).stream().allMatch(it -> isEmpty(it, own, base))) {
        mistakes.add(
            own.onlyOf(key).orElseThrow(),
            Quotes.quote(key.path())
                + " takes nothing back: no profile that this one extends says it",
            "leave it out");
      }
    }
  }

  private static boolean isEmpty(Key<?> key, Settings own, Settings base) {
    return own.all(key).isEmpty() && base.all(key).isEmpty();
  }

  // To leave `unlisted` out would mean `allowed`, which is hardly meant by someone who lists paths.
  private static void refuseSilentLists(
      Settings own, Settings merged, Yaml root, Mistakes mistakes) {
    boolean lists = Keys.PATHS.stream().anyMatch(own::mentions);
    if (lists && !merged.mentions(Keys.UNLISTED)) {
      mistakes.add(
          span(root, "files", Yaml.Entry::key),
          "`files` lists paths but does not say what holds for the others",
          "add `unlisted: absent`, `unlisted: denied` or `unlisted: allowed`");
    }
    if (!own.get(Keys.ROOT).isEmpty() && merged.get(Keys.UNLISTED) != Unlisted.ABSENT) {
      mistakes.add(
          span(root, "files", Yaml.Entry::key),
          "`files.root` leaves nothing of the host's own tree, but `unlisted` does not say so",
          "add `unlisted: absent`");
    }
  }

  private static Span span(Yaml root, String key, Function<Yaml.Entry, Yaml> part) {
    return Fields.entry(root, key).map(part).map(Yaml::span).orElse(Span.START);
  }

  private static List<ProfileSource> append(List<ProfileSource> chain, ProfileSource source) {
    List<ProfileSource> longer = new ArrayList<>(chain);
    longer.add(source);
    return longer;
  }
}
