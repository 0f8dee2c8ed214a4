package dev.hexe.policy.profiles.yaml;

import java.util.Comparator;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A stretch of a file. Lines and columns count from 0, columns in code points.
 *
 * @param line where it starts
 * @param column where it starts
 * @param endLine where it ends
 * @param endColumn just after its end
 */
public record Span(int line, int column, int endLine, int endColumn) implements Comparable<Span> {
  private static final Comparator<Span> ORDER =
      Comparator.comparingInt(Span::line).thenComparingInt(Span::column);

  /** The very beginning of a file. */
  public static final Span START = new Span(0, 0, 0, 1);

  /** Between two marks of the parser. */
  static Span between(Optional<Mark> start, Optional<Mark> end) {
    return start.flatMap(from -> end.map(to -> between(from, to))).orElse(START);
  }

  /** The one character at a mark. */
  public static Span at(Optional<Mark> mark) {
    return mark.map(place -> at(place.getLine(), place.getColumn())).orElse(START);
  }

  public static Span at(int line, int column) {
    return new Span(line, column, line, column + 1);
  }

  private static Span between(Mark from, Mark to) {
    return new Span(from.getLine(), from.getColumn(), to.getLine(), to.getColumn());
  }

  @Override
  public int compareTo(Span other) {
    return ORDER.compare(this, other);
  }
}
