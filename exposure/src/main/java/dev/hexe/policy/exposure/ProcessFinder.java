package dev.hexe.policy.exposure;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what other processes, and the terminal, have to fear. */
final class ProcessFinder {
  private final Subject subject;
  private final Optional<LiveContext> here;
  private final Optional<EffectiveAccess> reach;

  ProcessFinder(Subject subject, Optional<LiveContext> here, Optional<EffectiveAccess> reach) {
    this.subject = subject;
    this.here = here;
    this.reach = reach;
  }

  Stream<Exposure> find() {
    List<Exposure> found = new ArrayList<>();
    if (!subject.isFull(Guarantee.PROCESSES_INVISIBLE)) {
      found.add(visible());
      hostProc().ifPresent(found::add);
    }
    if (!subject.isFull(Guarantee.PROCESSES_UNREACHABLE)) {
      found.add(reachable());
    }
    if (!subject.isFull(Guarantee.TERMINAL)) {
      found.add(terminal());
    }
    return found.stream();
  }

  private boolean readsProc() {
    return reach.map(it -> it.reads("/proc")).orElse(true);
  }

  private Exposure visible() {
    Exposure visible = Exposure.of(Kind.VISIBLE_PROCESSES);
    boolean partial = subject.strength(Guarantee.PROCESSES_INVISIBLE) != Strength.NONE;
    return partial || readsProc()
        ? subject.unless(Guarantee.PROCESSES_INVISIBLE, visible)
        : visible.lessened("/proc cannot be read, yet pids can be guessed");
  }

  private Optional<Exposure> hostProc() {
    boolean none = subject.strength(Guarantee.PROCESSES_INVISIBLE) == Strength.NONE;
    boolean hidden =
        read("/proc/self/mountinfo").stream()
            .flatMap(String::lines)
            .anyMatch(line -> line.matches(".* /proc .*hidepid=(2|4|invisible|ptraceable)\\b.*"));
    return none && readsProc() && !hidden
        ? Optional.of(Exposure.of(Kind.HOST_PROC))
        : Optional.empty();
  }

  private Exposure reachable() {
    Exposure reachable = Exposure.of(Kind.REACHABLE_PROCESSES);
    boolean yama =
        read("/proc/sys/kernel/yama/ptrace_scope").filter(text -> !text.equals("0")).isPresent();
    return yama && subject.strength(Guarantee.PROCESSES_UNREACHABLE) == Strength.NONE
        ? reachable.lessened("Yama lets a process trace its descendants alone; signals remain")
        : subject.unless(Guarantee.PROCESSES_UNREACHABLE, reachable);
  }

  private Exposure terminal() {
    Exposure terminal = Exposure.of(Kind.TERMINAL);
    return read("/proc/sys/dev/tty/legacy_tiocsti").filter("0"::equals).isPresent()
        ? terminal.lessened("this kernel has TIOCSTI switched off; the console has other ways")
        : subject.unless(Guarantee.TERMINAL, terminal);
  }

  private Optional<String> read(String path) {
    return here.flatMap(it -> it.view().read(path));
  }
}
