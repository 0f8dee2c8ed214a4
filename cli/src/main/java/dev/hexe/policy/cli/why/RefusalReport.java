package dev.hexe.policy.cli.why;

import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.cli.text.Wrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Refusals of a run, to be read. */
public final class RefusalReport {
  private static final Set<String> NO_VERBS =
      Set.of("call", "trace", "filtered", "start", "limit", "gain");
  private static final int LONGEST_COMMAND = 60;

  private final WhyReport notes;
  private final Style style;
  private final int width;

  public RefusalReport(Output output) {
    notes = new WhyReport(output);
    style = output.style();
    width = output.width();
  }

  public String of(String profile, List<Refusal> refusals, ObservedRun run) {
    List<String> lines = new ArrayList<>();
    lines.add("hexe-policy: " + Printable.text(headline(profile, refusals, run)));
    for (Refusal refusal : refusals) {
      List<String> first = Wrap.hanging("  ", "✗ " + tried(refusal) + " " + how(refusal), width);
      lines.add(style.bad(first.get(0)));
      lines.addAll(first.subList(1, first.size()));
      notes.addRule(refusal.answer(), lines);
    }
    if (run.lost() > 0) {
      lines.add("  " + Words.count(run.lost(), "more call") + " failed than can be remembered");
    }
    if (run.gaveUp()) {
      lines.add("  to be watched, the command could gain no privileges: setuid programs gave none");
    }
    return String.join("\n", lines);
  }

  private static String headline(String profile, List<Refusal> refusals, ObservedRun run) {
    if (!run.watched()) {
      return "the command could not be watched"
          + (run.problem().isEmpty() ? "" : " (ptrace: " + run.problem() + ")")
          + "; `hexe-policy why PATH` answers for a single path";
    }
    return refusals.isEmpty()
        ? "nothing was seen to be refused because of the profile `%s`; %s that would have failed outside as well"
            .formatted(
                profile, run.failed() == 1 ? "1 call failed" : run.failed() + " calls failed")
        : "refused because of the profile `%s`:".formatted(profile);
  }

  /** What was tried, with what. */
  static String tried(Refusal refusal) {
    String want = refusal.observed().want();
    String verb = NO_VERBS.contains(want) ? "" : want + " ";
    return refusal.paths() > 1
        ? verb + refusal.paths() + " paths in " + Printable.line(refusal.subject())
        : verb + Printable.line(refusal.subject());
  }

  private static String how(Refusal refusal) {
    Observed it = refusal.observed();
    if (it.isOfSandbox()) {
      return "(" + it.error() + times(it) + ", all in the sandbox)";
    }
    if (it.process() == 0) {
      return "(" + it.error() + ", by the gateway)";
    }
    String command = Printable.text(it.command()).replaceAll("\\s+", " ").strip();
    String shown =
        command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) + "…" : command;
    return "(%s%s, %sby `%s`, process %d%s)"
        .formatted(
            it.isOfGain() && it.error().isEmpty() ? "status " + it.number() : it.error(),
            times(it),
            it.count() > 1 ? "first " : "",
            shown,
            it.inside(),
            it.process() == it.inside() ? "" : ", " + it.process() + " outside");
  }

  private static String times(Observed it) {
    return it.count() > 1 ? ", " + it.count() + " times" : "";
  }
}
