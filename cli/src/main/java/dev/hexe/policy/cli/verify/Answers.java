package dev.hexe.policy.cli.verify;

import dev.hexe.policy.cli.verify.Answer.Kind;
import dev.hexe.policy.engine.PolicyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the lines that the launcher prints inside: {@code INDEX KIND [DETAIL]}, in order. */
final class Answers {
  private static final int SIGNAL = 128;
  private static final int PARTS = 3;

  private Answers() {}

  /**
   * An answer for each of {@code acts} acts. Who dies in the middle has answered by dying.
   *
   * @param status what the launcher ended with
   * @throws PolicyException where a line cannot be understood, or there is none at all
   */
  static List<Answer> parse(String text, int acts, int status) {
    List<Answer> answers = new ArrayList<>();
    text.lines().forEach(line -> answers.add(answer(line, answers.size())));
    if (answers.size() > acts) {
      throw new PolicyException(
          "the launcher answered %d of %d acts".formatted(answers.size(), acts));
    }
    if (answers.size() < acts) {
      answers.add(end(status));
    }
    while (answers.size() < acts) {
      answers.add(Answer.unable("the act before ended the sandbox"));
    }
    return answers;
  }

  private static Answer end(int status) {
    return status > SIGNAL
        ? new Answer(Kind.SIGNAL, Integer.toString(status - SIGNAL))
        : new Answer(Kind.EXITED, Integer.toString(status));
  }

  private static Answer answer(String line, int index) {
    String[] parts = line.split(" ", PARTS);
    if (parts.length < 2 || !parts[0].equals(Integer.toString(index))) {
      throw misunderstood(line);
    }
    Kind kind = kind(parts[1]).orElseThrow(() -> misunderstood(line));
    return new Answer(kind, parts.length == PARTS ? parts[2] : "");
  }

  private static Optional<Kind> kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  private static PolicyException misunderstood(String line) {
    String shown = line.length() > 80 ? line.substring(0, 80) + "…" : line;
    return new PolicyException("the launcher answered an act with `" + shown + "`");
  }
}
