package dev.hexe.policy.profiles.library;

import dev.hexe.policy.profiles.host.HostConditions;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.OwnVariables;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Span;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A profile as a tree of YAML, with the profiles it extends. */
public final class ProfileTree {
  /** The keys that {@link #settings} leaves out. */
  public static final List<String> NO_SETTINGS = List.of(OwnVariables.KEY, HostConditions.KEY);

  private static final Yaml NOTHING = new Mapping(Span.START, List.of());
  private static final String EXTENDS = "extends";

  private final ProfileSource source;
  private final Mistakes mistakes;
  private final Yaml root;
  private final List<ProfileTree> bases = new ArrayList<>();
  private Optional<ProfileException> broken = Optional.empty();

  private ProfileTree(ProfileSource source) {
    this.source = source;
    mistakes = new Mistakes(source.text());
    root = root(source, mistakes);
  }

  /**
   * Reads a file and those it extends, as far as they can be found; what cannot is among the
   * mistakes.
   *
   * @throws ProfileException where the file itself is not YAML
   */
  public static ProfileTree of(ProfileSource source, Library library, Path cwd) {
    return of(source, List.of(), library, cwd, new HashMap<>());
  }

  private static ProfileTree of(
      ProfileSource source,
      List<ProfileSource> before,
      Library library,
      Path cwd,
      Map<String, ProfileTree> read) {
    ProfileTree tree = new ProfileTree(source);
    List<ProfileSource> chain = Stream.concat(before.stream(), Stream.of(source)).toList();
    for (Yaml name : names(tree.root)) {
      tree.base(name, chain, library, cwd)
          .ifPresent(base -> tree.extend(name, base, chain, library, cwd, read));
    }
    return tree;
  }

  private void extend(
      Yaml name,
      ProfileSource base,
      List<ProfileSource> chain,
      Library library,
      Path cwd,
      Map<String, ProfileTree> read) {
    if (bases.stream().anyMatch(other -> other.source.isSameAs(base))) {
      mistakes.add(name.span(), Quotes.quote(YamlText.of(name)) + " is extended twice", "");
      return;
    }
    String id = base.file().map(Path::toString).orElse(base.name());
    try {
      ProfileTree known = read.get(id);
      bases.add(known == null ? of(base, chain, library, cwd, read) : known);
      read.put(id, bases.get(bases.size() - 1));
    } catch (ProfileException e) {
      broken = broken.or(() -> Optional.of(e));
    }
  }

  private Optional<ProfileSource> base(
      Yaml name, List<ProfileSource> chain, Library library, Path cwd) {
    if (!(name instanceof Yaml.Scalar word) || word.missing()) {
      return Optional.empty();
    }
    try {
      Path directory = source.file().map(Path::getParent).orElse(cwd);
      return Optional.of(acyclic(library.extended(word.text(), directory), chain));
    } catch (ProfileException e) {
      mistakes.add(name.span(), e);
      return Optional.empty();
    }
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

  private static List<Yaml> names(Yaml root) {
    return Fields.entry(root, EXTENDS)
        .map(Entry::value)
        .map(value -> value instanceof Yaml.Sequence list ? list.items() : List.of(value))
        .orElse(List.of());
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

  public ProfileSource source() {
    return source;
  }

  public Mistakes mistakes() {
    return mistakes;
  }

  public Yaml root() {
    return root;
  }

  /** The tree without what is no setting. */
  public Yaml settings() {
    if (!(root instanceof Mapping mapping)) {
      return root;
    }
    List<Entry> entries =
        mapping.entries().stream()
            .filter(entry -> !NO_SETTINGS.contains(entry.key().text()))
            .toList();
    return entries.isEmpty() ? NOTHING : new Mapping(mapping.span(), entries);
  }

  /** Ends the reading where a profile that this one extends cannot be read. */
  public void throwIfBroken() {
    if (broken.isPresent()) {
      throw broken.get();
    }
  }

  /**
   * Each file once, the one that counts first. Of those that one file extends, the last counts
   * first; what several of them extend comes after all of them.
   */
  public List<ProfileTree> inOrder() {
    List<ProfileTree> order = new ArrayList<>();
    visit(order);
    Collections.reverse(order);
    return order;
  }

  private void visit(List<ProfileTree> visited) {
    if (!visited.contains(this)) {
      bases.forEach(base -> base.visit(visited));
      visited.add(this);
    }
  }
}
