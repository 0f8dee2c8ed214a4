package dev.hexe.policy.profiles.format;

import dev.hexe.policy.profiles.format.Node.Group;
import dev.hexe.policy.profiles.format.Node.Word;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes on one line. */
final class Flow {
  private Flow() {}

  /** Whether it is a list of single values. */
  static boolean isOfWords(Group group) {
    return !group.mapping && group.parts.stream().allMatch(part -> part.value instanceof Word);
  }

  /** A list of single values over as many lines as it takes. */
  static List<String> wrapped(Group list, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("[");
    for (int i = 0; i < list.parts.size(); i++) {
      String item =
          of(list.parts.get(i).value, Shape.TEXT) + (i + 1 < list.parts.size() ? "," : "]");
      if (line.length() > 1 && line.length() + item.length() > width) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(" ");
      }
      line.append(item).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  static String of(Node node, Shape shape) {
    if (node instanceof Word word) {
      return word.raw.contains("\n") ? YamlText.scalar(word.value) : word.raw;
    }
    Group group = (Group) node;
    String inside =
        Formatter.sorted(group, shape).stream()
            .map(
                part ->
                    (group.mapping ? part.key + ": " : "")
                        + of(part.value, Shapes.below(shape, part.name, group.mapping)))
            .map(String::stripTrailing)
            .collect(Collectors.joining(", "));
    return group.mapping ? "{" + inside + "}" : "[" + inside + "]";
  }
}
