package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what the launcher says about the plans it tried: {@code ok VALUE}, {@code fail RECORD
 * ACTION ERRNO} or {@code killed SIGNAL}, a line for each. Anything else is an error, for an answer
 * that is misunderstood might weaken a sandbox.
 */
final class ProbeAnswers {
  private static final String NUMBER = "[0-9]{1,10}";
  private static final String VALUE = "-?[0-9]{1,19}";
  private static final String ACTION = "[a-z][a-z0-9-]*";
  private static final String SYMBOL = "[A-Z][A-Z0-9]*|" + NUMBER;

  private ProbeAnswers() {}

  /**
   * The outcomes of {@code plans} plans.
   *
   * @throws PolicyException where there are more or fewer, or one cannot be understood
   */
  static List<Outcome> parse(String answers, int plans) {
    if (!answers.endsWith("\n")) {
      throw new PolicyException("the launcher stopped in the middle of its answers");
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (String line : answers.substring(0, answers.length() - 1).split("\n", -1)) {
      outcomes.add(outcome(line));
    }
    if (outcomes.size() != plans) {
      throw new PolicyException(
          "the launcher answered %d of %d probes".formatted(outcomes.size(), plans));
    }
    return outcomes;
  }

  private static Outcome outcome(String line) {
    String[] words = line.split(" ", -1);
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
