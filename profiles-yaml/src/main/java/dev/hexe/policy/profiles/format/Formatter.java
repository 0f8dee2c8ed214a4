package dev.hexe.policy.profiles.format;

import dev.hexe.policy.profiles.format.Node.Group;
import dev.hexe.policy.profiles.format.Node.Part;
import dev.hexe.policy.profiles.format.Node.Word;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes a file in the canonical style: keys in the order of the manual, two spaces for each level,
 * brackets where they were and fit, comments where they were.
 */
public final class Formatter {
  private static final int WIDEST = 100;
  private static final int STEP = 2;

  private final Lines lines = new Lines();

  private Formatter() {}

  /**
   * The text in the canonical style.
   *
   * @param text one sound document of YAML without anchors and tags
   * @param shape what may be in it
   */
  public static String format(String text, Shape shape) {
    NodeReader.Document document = NodeReader.read(text);
    Formatter formatter = new Formatter();
    document.header().forEach(comment -> formatter.lines.comment(0, comment));
    formatter.root(document.root(), shape);
    return formatter.lines.text();
  }

  /** The comments of a text, in order of the alphabet. */
  public static List<String> comments(String text) {
    return NodeReader.comments(text).texts();
  }

  private void root(Node root, Shape shape) {
    if (root instanceof Group group && group.verbatim.isEmpty() && !group.parts.isEmpty()) {
      group(group, shape, 0);
    } else {
      value("", root, shape, 0, "");
    }
  }

  private void group(Group group, Shape shape, int indent) {
    for (Part part : sorted(group, shape)) {
      part.before.forEach(comment -> lines.comment(indent, comment));
      Shape inner = Shapes.below(shape, part.name, group.mapping);
      if (group.mapping) {
        value(part.key + ":", part.value, inner, indent, part.beside);
      } else {
        item(part, inner, indent);
      }
    }
    group.tail.forEach(comment -> lines.comment(indent, comment));
  }

  /** An item whose own keys begin on its line. */
  private void item(Part part, Shape shape, int indent) {
    boolean nested =
        part.value instanceof Group group
            && group.verbatim.isEmpty()
            && !group.parts.isEmpty()
            && flow(part.value, shape, indent + STEP).isEmpty();
    if (!nested) {
      value("-", part.value, shape, indent, part.beside);
      return;
    }
    Group group = (Group) part.value;
    List<Part> parts = sorted(group, shape);
    List<String> first = new ArrayList<>(parts.get(0).before);
    parts.get(0).before.clear();
    first.forEach(comment -> lines.comment(indent, comment));
    lines.startItem(indent);
    group(group, shape, indent + STEP);
  }

  /** A key or a dash with what stands behind it. */
  private void value(String key, Node value, Shape shape, int indent, String beside) {
    String lead = key.isEmpty() ? "" : key + " ";
    Optional<String> flow = flow(value, shape, indent + lead.length());
    if (flow.isPresent()) {
      lines.add(indent, (lead + flow.get()).stripTrailing(), beside);
    } else if (value instanceof Word word) {
      BlockText.lines(word.raw, indent + STEP)
          .ifPresentOrElse(
              block -> {
                lines.add(indent, lead + block.get(0), "");
                block.subList(1, block.size()).forEach(lines::verbatim);
              },
              () -> lines.add(indent, lead + YamlText.scalar(word.value), beside));
    } else {
      Group group = (Group) value;
      if (!group.verbatim.isEmpty()) {
        List<String> text = BlockText.reindented(group.verbatim, indent + STEP);
        lines.add(indent, lead + text.get(0), text.size() == 1 ? beside : "");
        text.subList(1, text.size()).forEach(lines::verbatim);
        if (text.size() > 1) {
          lines.beside(beside);
        }
        return;
      }
      lines.add(indent, key, beside);
      if (group.flow && Flow.isOfWords(group)) {
        Flow.wrapped(group, WIDEST - indent - STEP)
            .forEach(line -> lines.verbatim(" ".repeat(indent + STEP) + line));
      } else {
        group(group, shape, indent + STEP);
      }
    }
  }

  /** On one line, where it was written so and fits. */
  private static Optional<String> flow(Node value, Shape shape, int column) {
    boolean wanted =
        value.isOnOneLine() && !(value instanceof Group group && !group.verbatim.isEmpty());
    return wanted
        ? Optional.of(Flow.of(value, shape))
            .filter(text -> value instanceof Word || column + text.length() <= WIDEST)
        : Optional.empty();
  }

  static List<Part> sorted(Group group, Shape shape) {
    if (!group.mapping) {
      return group.parts;
    }
    List<String> order = Shapes.keys(shape);
    return group.parts.stream()
        .sorted(Comparator.comparingInt(part -> rank(part.name, order)))
        .collect(Collectors.toList());
  }

  private static int rank(String name, List<String> order) {
    int rank = order.indexOf(name);
    return rank < 0 ? order.size() : rank;
  }
}
