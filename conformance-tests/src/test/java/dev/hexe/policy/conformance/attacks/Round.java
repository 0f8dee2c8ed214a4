package dev.hexe.policy.conformance.attacks;

import dev.hexe.policy.conformance.harness.Design;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** All attempts in one sandbox: most of the time a sandbox takes is its compiler's start. */
public final class Round {
  private static final Map<String, Round> DONE = new ConcurrentHashMap<>();

  private final Map<Attempt, String> answers;
  private final boolean nothingChanged;
  private final String changes;

  private Round(Map<Attempt, String> answers, Map<Path, String> before, Map<Path, String> after) {
    this.answers = answers;
    nothingChanged = before.equals(after);
    changes = before + " became " + after;
  }

  /** Under this design. */
  public static Round inside(Design design, User user) {
    Sandbox sandbox = design.as(user);
    return DONE.computeIfAbsent(
        design.name() + user,
        key -> {
          Bait bait = Bait.of(user, design.name().toLowerCase(java.util.Locale.ROOT));
          Sandbox strict = bait.around(sandbox).with(bait.options());
          if (!design.hasNewRoot()) {
            strict = strict.with("--protect=default", "--hide=default");
          }
          return of(bait, strict, user, design.hasNewRoot() ? "1" : bait.word("outsider"));
        });
  }

  /** Outside of any, in mounts and with a hostname of root's own: this machine stays as it is. */
  public static Round outside(User user) {
    return DONE.computeIfAbsent(
        "outside" + user,
        key -> {
          Bait bait = Bait.of(user, "outside");
          Sandbox none = bait.around(Sandbox.none().as(user));
          if (user == User.ROOT) {
            none = none.behind("unshare", "--mount", "--uts");
          }
          return of(bait, none, user, bait.word("outsider"));
        });
  }

  private static Round of(Bait bait, Sandbox sandbox, User user, String first) {
    List<Attempt> attempts = Attempts.of(user);
    Map<Path, String> before = bait.precious();
    Stream<String> acts = attempts.stream().map(attempt -> bait.filled(attempt.act(), first));
    List<String> lines = sandbox.tries(acts.toArray(String[]::new));
    if (lines.size() != attempts.size()) {
      throw new AssertionError(lines.size() + " answers to " + attempts.size() + ": " + lines);
    }
    Map<Attempt, String> answers = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      answers.put(attempts.get(i), lines.get(i));
    }
    return new Round(answers, before, bait.precious());
  }

  /** What the kernel said: {@code ok} or the name of an errno. */
  public String answer(Attempt attempt) {
    return answers.getOrDefault(attempt, "not tried");
  }

  /** Whether all files that were laid out have the contents they had. */
  public boolean nothingChanged() {
    return nothingChanged;
  }

  public String changes() {
    return changes;
  }
}
