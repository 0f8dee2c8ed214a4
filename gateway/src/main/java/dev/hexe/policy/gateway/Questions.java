package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.policy.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one sandbox about destinations that are not listed. The supervisor, which has
 * the terminal, is sent one at a time; each is asked once, and only so many are.
 */
final class Questions {
  /** So many in a run; what comes then is refused, so that nobody is worn down. */
  static final int MOST = 20;

  private static final Verdict TOO_MANY =
      Verdict.refused("not listed, and " + MOST + " questions were asked already");
  private static final String REMARK =
      "remark %d questions were asked: `%s` is refused, as is all else that is not listed\n";
  private static final Verdict NOBODY =
      Verdict.refused("not listed, and nobody could be asked at the terminal");
  private static final Verdict NOT_SENT =
      Verdict.refused("not listed, and the question did not reach the supervisor, which would ask");

  /** What the supervisor says, and what it means. */
  private static final Map<String, Verdict> ANSWERS =
      Map.of(
          "run", Verdict.answered("asked, and allowed for this run"),
          "always", Verdict.answered("asked, and allowed always"),
          "no", Verdict.refused("asked, and answered with no"),
          "late", Verdict.refused("asked, and not answered in time"),
          "nobody", NOBODY);

  private final Predicate<String> send;
  private final Map<Target, Verdict> answered = new HashMap<>();
  private final Deque<Question> open = new ArrayDeque<>();
  private int asked;
  private boolean remarked;

  /** {@code send} passes a line on to the supervisor, or says that it cannot. */
  Questions(Predicate<String> send) {
    this.send = send;
  }

  private record Target(String host, int port) {}

  private static final class Question {
    final int number;
    final Target target;
    final List<Consumer<Verdict>> waiting = new ArrayList<>();

    Question(int number, Target target) {
      this.number = number;
      this.target = target;
    }

    String line() {
      return "ask " + number + " " + target.host() + " " + target.port() + "\n";
    }
  }

  /** Whether one more may be asked. */
  boolean mayAsk() {
    return asked < MOST;
  }

  /** Whether somebody has allowed it. */
  boolean isAllowed(String host, int port) {
    Verdict verdict = answered.get(new Target(host, port));
    return verdict != null && verdict.allowed();
  }

  /** Passes on what is said about a destination, now or later. */
  void ask(String host, int port, Consumer<Verdict> then) {
    Target target = new Target(host, port);
    Verdict known = answered.get(target);
    if (known != null) {
      then.accept(known);
      return;
    }
    Optional<Question> same = open.stream().filter(it -> it.target.equals(target)).findFirst();
    if (same.isPresent()) {
      same.get().waiting.add(then);
    } else if (!mayAsk()) {
      remarkOnce(host);
      then.accept(TOO_MANY);
    } else {
      begin(target, then);
    }
  }

  /** Says once that what is not listed is refused from now on, beginning with a host. */
  void remarkOnce(String host) {
    if (!remarked) {
      remarked = send.test(REMARK.formatted(MOST, host));
    }
  }

  private void begin(Target target, Consumer<Verdict> then) {
    Question question = new Question(++asked, target);
    question.waiting.add(then);
    open.add(question);
    if (open.size() == 1) {
      sendFirst();
    }
  }

  /** What cannot be sent is answered here, and the next one is tried. */
  private void sendFirst() {
    @Nullable Question first = open.peek();
    while (first != null && !send.test(first.line())) {
      settle(open.remove(), NOT_SENT);
      first = open.peek();
    }
  }

  /** Takes {@code answer NUMBER WORD}; one that is not about the question that was sent is none. */
  void answer(String line) {
    String[] words = line.split(" ", -1);
    @Nullable Question first = open.peek();
    boolean fits =
        first != null
            && words.length == 3
            && words[0].equals("answer")
            && words[1].equals(String.valueOf(first.number));
    if (first == null || !fits) {
      return;
    }
    open.remove();
    settle(first, ANSWERS.getOrDefault(words[2], NOBODY));
    sendFirst();
  }

  private void settle(Question question, Verdict verdict) {
    answered.put(question.target, verdict);
    List.copyOf(question.waiting).forEach(then -> then.accept(verdict));
  }
}
