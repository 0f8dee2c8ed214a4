package dev.hexe.policy.cli.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lesson of one run.
 *
 * @param needed what the command opened, wrote or connected to in vain
 * @param lookedAt what it only looked for, which matters where it fails without a better reason
 * @param questions what is for a person to decide
 * @param probes of those, what programs read to find out about the host, and do without
 */
public record Lesson(
    List<Grant> needed, List<Grant> lookedAt, List<Question> questions, List<Question> probes) {
  /** Copies the lists. */
  public Lesson {
    needed = List.copyOf(needed);
    lookedAt = List.copyOf(lookedAt);
    questions = List.copyOf(questions);
    probes = List.copyOf(probes);
  }

  /** Both together. */
  public Lesson and(Lesson other) {
    return new Lesson(
        joined(needed, other.needed),
        joined(lookedAt, other.lookedAt),
        joined(questions, other.questions),
        joined(probes, other.probes));
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    List<T> both = new ArrayList<>();
    Stream.of(one, other).flatMap(List::stream).filter(it -> !both.contains(it)).forEach(both::add);
    return both;
  }
}
