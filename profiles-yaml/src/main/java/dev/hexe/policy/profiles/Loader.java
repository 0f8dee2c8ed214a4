package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.host.HostConditions;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.NetworkContradictions;
import dev.hexe.policy.profiles.library.BuiltIns;
import dev.hexe.policy.profiles.library.Library;
import dev.hexe.policy.profiles.library.ProfileSource;
import dev.hexe.policy.profiles.library.ProfileTree;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.OwnVariables;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.review.ProfileReview;
import dev.hexe.policy.profiles.review.TreeReview;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import dev.hexe.policy.profiles.setting.SettingsReader;
import dev.hexe.policy.profiles.site.Configuration;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Span;
import dev.hexe.policy.profiles.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads a profile and those it extends. */
public final class Loader {
  private final Library library;
  private final ProfileContext context;
  private final Configuration configuration;
  private final HostConditions conditions;

  public Loader(Library library, ProfileContext context, Configuration configuration) {
    this.library = library;
    this.context = context;
    this.configuration = configuration;
    this.conditions = new HostConditions(context, library::consult);
  }

  /**
   * What a profile says, on top of what the profiles say that it extends. What is configured for
   * all counts over those that are shipped.
   *
   * @throws ProfileException with all mistakes of the first file that has any
   */
  Settings load(ProfileSource source) {
    List<ProfileTree> files = ProfileTree.of(source, library, context.cwd()).inOrder();
    return merge(files, read(files), 0);
  }

  /** The same in parts, for the author of the profile. */
  public ProfileReview review(ProfileSource source) {
    List<ProfileTree> files = ProfileTree.of(source, library, context.cwd()).inOrder();
    List<Settings> said = read(files);
    TreeReview text = TreeReview.of(files.get(0));
    return new ProfileReview(
        source.text().name(),
        files.size() > 1,
        said.get(0).statements(ProfileKeys.all()).toList(),
        merge(files, said, 1).statements(ProfileKeys.all()).toList(),
        text.items(),
        text.repeated(),
        text.impossible(),
        paths(key -> key.kind() == Key.Kind.LIST),
        paths(key -> ProfileKeys.twins(key).stream().anyMatch(it -> isReplaced(it, said.get(0)))));
  }

  private static boolean isReplaced(Key<?> key, Settings own) {
    return key.kind() == Key.Kind.LIST && own.onlyOf(key).isPresent();
  }

  private static Set<String> paths(Predicate<Key<?>> condition) {
    return ProfileKeys.all().stream().filter(condition).map(Key::path).collect(Collectors.toSet());
  }

  /** What the files from one on say together; the first is the one that was asked for. */
  private Settings merge(List<ProfileTree> files, List<Settings> said, int from) {
    Settings merged = new Settings();
    int lowest = lastFile(files);
    for (int i = files.size() - 1; i >= from; i--) {
      merged = i == lowest ? configuration.limits(layer(lowest) - 1).over(merged) : merged;
      merged = merge(files.get(i), said.get(i), merged);
    }
    return lowest < 0 ? configuration.limits(layer(lowest) - 1).over(merged) : merged;
  }

  /** What a project's file says on top of another profile. */
  Settings loadProject(ProfileSource source, Settings base) {
    ProfileTree file = ProfileTree.of(source, library, context.cwd());
    Scope scope = scope(file, new OwnVariables(), Origin.PROJECT_LAYER);
    Settings own = own(file, scope);
    for (Key<?> key : List.of(Keys.EXTENDS, Keys.PROFILE)) {
      if (own.mentions(key)) {
        file.mistakes()
            .add(
                span(file.root(), key.path(), Yaml.Entry::key),
                Quotes.quote(key.path()) + " is not for a project's file",
                "it narrows the profile that is chosen, whatever that is");
      }
    }
    refuseReplacingNothing(own, base, file.mistakes());
    file.mistakes().throwIfAny();
    return own.over(base);
  }

  /** From the one that was asked for downwards, because variables come from above. */
  private List<Settings> read(List<ProfileTree> files) {
    OwnVariables variables = new OwnVariables();
    List<Settings> said = new ArrayList<>();
    for (ProfileTree file : files) {
      Settings own = own(file, scope(file, variables, layer(said.size())));
      if (!file.mistakes().isEmpty()) {
        refuse(file, own);
      }
      file.throwIfBroken();
      said.add(own);
    }
    variables.refuseUnused(files.get(0).root(), scope(files.get(0), variables, 0));
    files.get(0).mistakes().throwIfAny();
    return said;
  }

  private Settings own(ProfileTree file, Scope scope) {
    if (file.root().isEmpty()) {
      return new Settings();
    }
    Yaml settings = file.settings();
    Settings own =
        settings.isEmpty()
            ? new Settings()
            : new SettingsReader(ProfileTree.NO_SETTINGS).read(settings, scope);
    return conditions.add(own, file.root(), scope);
  }

  private Scope scope(ProfileTree file, OwnVariables variables, int layer) {
    String directory = file.source().directory();
    Scope scope =
        new Scope(
            "",
            new PathExpander(context, directory, variables),
            configuration.sets(),
            file.mistakes(),
            layer);
    variables.read(file.root(), scope);
    return scope;
  }

  private static int layer(int index) {
    return Origin.OWN_LAYER - index * Origin.LAYERS_OF_FILE;
  }

  private static int lastFile(List<ProfileTree> files) {
    int last = files.size() - 1;
    while (last >= 0 && files.get(last).source().file().isEmpty()) {
      last--;
    }
    return last;
  }

  // The name is not inherited: a profile that extends another one is not that one.
  private Settings merge(ProfileTree file, Settings own, Settings inherited) {
    Settings below = inherited.without(Keys.PROFILE);
    NetworkContradictions.findInherited(
        file.settings(),
        own.get(Keys.NETWORK),
        below.get(Keys.NETWORK),
        configuration.sets(),
        file.mistakes());
    Settings merged = own.over(below);
    refuseNames(own, file);
    refuseReplacingNothing(own, below, file.mistakes());
    refuseSilentLists(own, merged, file);
    file.mistakes().throwIfAny();
    return merged;
  }

  /** What else is wrong with a file whose mistakes hide what it extends. */
  private static void refuse(ProfileTree file, Settings own) {
    refuseNames(own, file);
    refuseReplacingNothing(own, new Settings(), file.mistakes());
    MissingListed.add(own, file.mistakes());
    if (!own.mentions(Keys.EXTENDS)) {
      refuseSilentLists(own, own, file);
    }
    file.mistakes().throwIfAny();
  }

  private static void refuseNames(Settings own, ProfileTree file) {
    String name = own.get(Keys.PROFILE);
    if (BuiltIns.has(name) && file.source().file().isPresent()) {
      file.mistakes()
          .add(
              span(file.root(), "profile", Yaml.Entry::value),
              Quotes.quote(name) + " is the name of a built-in profile, and this is another one",
              "choose another name; what it starts from stands behind `extends`");
    }
  }

  private static void refuseReplacingNothing(Settings own, Settings base, Mistakes mistakes) {
    for (Key<?> key : ProfileKeys.all()) {
      boolean replaces = key.kind() == Key.Kind.LIST && own.onlyOf(key).isPresent();
      if (replaces && ProfileKeys.twins(key).stream().allMatch(it -> isEmpty(it, own, base))) {
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
  private static void refuseSilentLists(Settings own, Settings merged, ProfileTree file) {
    boolean lists = Keys.PATHS.stream().anyMatch(own::mentions);
    if (lists && !merged.mentions(Keys.UNLISTED)) {
      file.mistakes()
          .add(
              span(file.root(), "files", Yaml.Entry::key),
              "`files` lists paths but does not say what holds for the others",
              "add `unlisted: absent`, `unlisted: denied` or `unlisted: allowed`");
    }
    if (!own.get(Keys.ROOT).isEmpty() && merged.get(Keys.UNLISTED) != Unlisted.ABSENT) {
      file.mistakes()
          .add(
              span(file.root(), "files", Yaml.Entry::key),
              "`files.root` leaves nothing of the host's own tree, but `unlisted` does not say so",
              "add `unlisted: absent`");
    }
  }

  private static Span span(Yaml root, String key, Function<Yaml.Entry, Yaml> part) {
    return Optional.of(root)
        .flatMap(node -> Fields.entry(node, key))
        .map(part)
        .map(Yaml::span)
        .orElse(Span.START);
  }
}
