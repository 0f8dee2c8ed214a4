package dev.hexe.policy.profiles.review;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.profiles.host.HostConditions;
import dev.hexe.policy.profiles.library.ProfileTree;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.ListReader;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds in the text of a profile what is lost once it has been read. */
public final class TreeReview {
  private final Mistakes places;
  private final List<Statement> items = new ArrayList<>();
  private final List<Statement> repeated = new ArrayList<>();
  private final List<Origin> impossible = new ArrayList<>();

  private TreeReview(Mistakes places) {
    this.places = places;
  }

  public static TreeReview of(ProfileTree file) {
    TreeReview review = new TreeReview(file.mistakes());
    review.visit(file.root(), "");
    Fields.entry(file.root(), HostConditions.KEY).ifPresent(review::conditions);
    return review;
  }

  /** All items of lists, as they are written. */
  public List<Statement> items() {
    return items;
  }

  /** Items that stand in a list twice: each later one. */
  public List<Statement> repeated() {
    return repeated;
  }

  /** Conditions that exclude themselves. */
  public List<Origin> impossible() {
    return impossible;
  }

  private void visit(Yaml node, String key) {
    if (node instanceof Sequence list) {
      Set<String> seen = new HashSet<>();
      for (Yaml item : list.items()) {
        String text = YamlText.of(item);
        Statement said = new Statement(key, text, places.origin(item.span(), Origin.OWN_LAYER));
        items.add(said);
        if (!seen.add(text)) {
          repeated.add(said);
        }
        visit(item, key);
      }
    } else if (node instanceof Mapping mapping) {
      mapping.entries().forEach(entry -> visit(entry.value(), below(key, entry)));
    }
  }

  private static String below(String key, Entry entry) {
    String name = entry.key().text();
    boolean transparent = name.equals(ListReader.ONLY) || key.equals(HostConditions.KEY);
    String within = key.equals(HostConditions.KEY) ? name : key;
    return key.isEmpty() ? name : transparent ? within : key + "." + name;
  }

  private void conditions(Entry when) {
    if (when.value() instanceof Sequence parts) {
      for (Yaml part : parts.items()) {
        Fields.entry(part, "if")
            .filter(wanted -> isExcluded(wanted, part))
            .ifPresent(
                wanted -> impossible.add(places.origin(wanted.key().span(), Origin.OWN_LAYER)));
      }
    }
  }

  /** Whether `unless` holds wherever `if` does: it asks for no more. */
  private static boolean isExcluded(Entry wanted, Yaml part) {
    return Fields.entry(part, "unless")
        .map(Entry::value)
        .filter(Mapping.class::isInstance)
        .map(Mapping.class::cast)
        .filter(unless -> !unless.isEmpty())
        .filter(
            unless ->
                unless.entries().stream()
                    .allMatch(
                        each ->
                            Fields.entry(wanted.value(), each.key().text())
                                .filter(same -> isWithin(same.value(), each.value()))
                                .isPresent()))
        .isPresent();
  }

  private static boolean isWithin(Yaml narrow, Yaml wide) {
    return texts(wide).containsAll(texts(narrow));
  }

  private static List<String> texts(Yaml node) {
    return node instanceof Sequence list
        ? list.items().stream().map(YamlText::of).toList()
        : List.of(YamlText.of(node));
  }
}
