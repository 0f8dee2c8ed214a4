package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what the launcher says about the plans it tried: {@code ok VALUE}, {@code fail RECORD
 * ACTION ERRNO} or {@code killed SIGNAL}, a line for each, and before it {@code part VALUE} for
 * each question in it that was answered. Anything else is an error, for an answer that is
 * misunderstood might weaken a sandbox.
 */
final class ProbeAnswers {
  private static final String NUMBER = "[0-9]{1,10}";
  private static final String VALUE = "-?[0-9]{1,19}";
  private static final String ACTION = "[a-z][a-z0-9-]*";
  private static final String SYMBOL = "[A-Z][A-Z0-9]*|" + NUMBER;

  private ProbeAnswers() {}

  /**
   * The outcomes of plans, of each of which is known how many questions are in it.
   *
   * @throws PolicyException where there are more or fewer, or one cannot be understood
   */
  static List<Outcome> parse(String answers, List<Integer> questions) {
    if (!answers.endsWith("\n")) {
      throw new PolicyException("the launcher stopped in the middle of its answers");
    }
    List<Outcome> outcomes = new ArrayList<>();
    List<Long> parts = new ArrayList<>();
    for (String line : answers.substring(0, answers.length() - 1).split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (fits(words, "part", VALUE)) {
        parts.add(value(words[1], line));
      } else {
        outcomes.add(outcome(line, words).withParts(parts));
        parts.clear();
      }
    }
    if (outcomes.size() != questions.size() || !parts.isEmpty()) {
      throw new PolicyException(
          "the launcher answered %d of %d probes".formatted(outcomes.size(), questions.size()));
    }
    requireParts(outcomes, questions);
    return outcomes;
  }

  /** A plan that succeeded has answered all, and one that failed no more than there are. */
  private static void requireParts(List<Outcome> outcomes, List<Integer> questions) {
    for (int i = 0; i < outcomes.size(); i++) {
      int answered = outcomes.get(i).parts().size();
      int asked = questions.get(i);
      if (outcomes.get(i).succeeded() ? answered != asked : answered > asked) {
        throw new PolicyException(
            "the launcher answered %d of %d questions of a probe".formatted(answered, asked));
      }
    }
  }

  private static Outcome outcome(String line, String[] words) {
    if (fits(words, "ok", VALUE)) {
      return Outcome.success(value(words[1], line));
    }
    if (fits(words, "fail", NUMBER, ACTION, SYMBOL)) {
      return Outcome.failure(words[2], words[3]);
    }
    if (fits(words, "killed", SYMBOL)) {
      return Outcome.failure("probe", "SIGNAL " + words[1]);
    }
    throw misunderstood(line);
  }

  private static boolean fits(String[] words, String first, String... patterns) {
    boolean fits = words.length == patterns.length + 1 && words[0].equals(first);
    for (int i = 0; fits && i < patterns.length; i++) {
      fits = words[i + 1].matches(patterns[i]);
    }
    return fits;
  }

  private static long value(String text, String line) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw misunderstood(line);
    }
  }

  private static PolicyException misunderstood(String line) {
    String shown = line.length() > 80 ? line.substring(0, 80) + "…" : line;
    return new PolicyException("the launcher answered a probe with " + Printable.quote(shown));
  }
}
