package dev.hexe.policy.verification;

import dev.hexe.policy.engine.rules.PolicyException;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Answer.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the lines that the prover prints inside: {@code ready}, {@code INDEX KIND [DETAIL]}… */
final class Answers {
  private static final String READY = "ready";
  private static final int SIGNAL = 128;
  private static final int PARTS = 3;

  private Answers() {}

  /** Whether the sandbox was started. */
  static boolean areIn(String text) {
    return text.startsWith(READY + "\n");
  }

  /**
   * An answer for each of {@code acts} acts. Who dies in the middle has answered by dying.
   *
   * @param end how the launcher ended
   * @throws PolicyException where a line cannot be understood
   */
  static List<Answer> parse(String text, int acts, End end) {
    List<Answer> answers = new ArrayList<>();
    text.lines().skip(1).forEach(line -> answers.add(answer(line, answers.size())));
    if (answers.size() > acts) {
      throw new PolicyException(
          "the launcher answered %d of %d acts".formatted(answers.size(), acts));
    }
    if (answers.size() < acts) {
      answers.add(end.answer());
    }
    while (answers.size() < acts) {
      answers.add(Answer.unable("the act before ended the sandbox"));
    }
    return answers;
  }

  /**
   * The end of the launcher.
   *
   * @param status its status
   * @param messages what it said
   */
  record End(int status, String messages) {
    private static final String CAUSE = "hexe-policy: killed: ";
    private static final Map<Integer, String> SIGNALS =
        Map.of(9, "SIGKILL", 15, "SIGTERM", 31, "SIGSYS");

    private Answer answer() {
      if (status <= SIGNAL) {
        return new Answer(Kind.EXITED, Integer.toString(status));
      }
      String name = SIGNALS.getOrDefault(status - SIGNAL, "signal " + (status - SIGNAL));
      return new Answer(Kind.SIGNAL, name + cause());
    }

    private String cause() {
      return messages
          .lines()
          .filter(line -> line.startsWith(CAUSE))
          .map(line -> ", " + line.substring(CAUSE.length()))
          .findFirst()
          .orElse("");
    }
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
