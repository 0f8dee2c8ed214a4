package dev.hexe.policy.cli.learn;

import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.SourceText;
import dev.hexe.policy.profiles.yaml.Span;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list within brackets, on one line or several, which takes one more item. Where it stands is
 * asked of the reader of YAML; all else of the text stays as it is, comments and ends of lines as
 * well.
 */
public final class BracketedList {
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  private final String text;

  private BracketedList(String text) {
    this.text = text;
  }

  /**
   * The text with {@code item} at the end of the list {@code key} of a section; empty where neither
   * of them is within brackets.
   */
  public static Optional<String> add(String text, String section, String key, String item) {
    BracketedList list = new BracketedList(text);
    SourceText source = SourceText.of("the profile", text);
    return new TreeReader(source, new Mistakes(source))
        .read()
        .flatMap(root -> value(root, section))
        .flatMap(network -> list.within(network, key, item));
  }

  private static Optional<Yaml> value(Yaml node, String key) {
    return node instanceof Mapping mapping
        ? mapping.entries().stream()
            .filter(entry -> entry.key().text().equals(key))
            .map(Yaml.Entry::value)
            .findFirst()
        : Optional.empty();
  }

  private Optional<String> within(Yaml section, String key, String item) {
    Optional<Yaml> list = value(section, key);
    Optional<Yaml> only = list.flatMap(it -> value(it, "only"));
    if (list.isEmpty()) {
      return section instanceof Mapping mapping && opensWith(mapping, '{')
          ? Optional.of(first(mapping, key + ": [" + item + "]"))
          : Optional.empty();
    }
    return only.or(() -> list)
        .filter(it -> opensWith(it, '['))
        .map(it -> longer((Sequence) it, item));
  }

  private boolean opensWith(Yaml node, char bracket) {
    int at = start(node);
    return at < text.length() && text.charAt(at) == bracket;
  }

  private String first(Mapping section, String entry) {
    return insert(start(section) + 1, entry + (section.isEmpty() ? "" : ", "));
  }

  /** Behind the last item, and below it where that has a line of its own. */
  private String longer(Sequence list, String item) {
    List<Yaml> items = list.items();
    if (items.isEmpty()) {
      return insert(start(list) + 1, item);
    }
    Yaml last = items.get(items.size() - 1);
    int end = offset(last.span().endLine(), last.span().endColumn());
    String before = text.substring(offset(last.span().line(), 0), start(last));
    Matcher ending = LINE_END.matcher(text);
    boolean alone =
        before.isBlank()
            && ending.find(end)
            && text.substring(end, ending.start()).matches("\\s*,?\\s*");
    return insert(end, "," + (alone ? ending.group() + before : " ") + item);
  }

  private String insert(int at, String more) {
    return text.substring(0, at) + more + text.substring(at);
  }

  private int start(Yaml node) {
    Span span = node.span();
    return offset(span.line(), span.column());
  }

  private int offset(int line, int column) {
    int at = 0;
    Matcher ends = LINE_END.matcher(text);
    for (int passed = 0; passed < line && ends.find(); passed++) {
      at = ends.end();
    }
    return text.offsetByCodePoints(at, column);
  }
}
