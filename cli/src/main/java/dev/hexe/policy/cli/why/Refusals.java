package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.log.NetworkRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names who decided over what was observed, and folds what one change would allow. */
public final class Refusals {
  private static final List<String> PROBES = List.of("/sys/", "/proc/");

  /** Beyond this many in one directory, the directory is named. */
  private static final int FEW = 2;

  /** The log has all of them. */
  private static final int MOST_DESTINATIONS = 50;

  private final FileRules files;
  private final CallRules calls;
  private final UsableRules usable;
  private final DestinationRules destinations;
  private final EffectivePolicy policy;

  /** Those of a policy. */
  public Refusals(EffectivePolicy policy) {
    this.policy = policy;
    files = new FileRules(policy);
    calls = new CallRules(policy);
    usable = new UsableRules(policy);
    destinations = new DestinationRules(policy);
  }

  /** What was refused, by the kernel and by the gateway, the gravest first. */
  public List<Refusal> of(List<Observed> observed, List<NetworkRecord> asked) {
    List<Refusal> byAbsent = folded(each(observed), Refusals::absence);
    Stream<Refusal> destinations =
        asked.stream().flatMap(it -> this.destinations.of(it).stream()).limit(MOST_DESTINATIONS);
    return Stream.concat(folded(byAbsent, Refusals::neighbourhood).stream(), destinations)
        .sorted(Comparator.comparingInt(Refusals::rank))
        .toList();
  }

  /** The same for each by itself, in the order in which they were seen. */
  public List<Refusal> each(List<Observed> observed) {
    boolean forks = observed.stream().anyMatch(it -> it.want().equals("start"));
    return observed.stream()
        .filter(it -> !forks || !it.call().equals(Observed.PROCESSES)) // they are among its forks
        .map(this::judged)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Refusal> judged(Observed it) {
    if (it.path().isEmpty() || it.isOfGain()) {
      return it.hasWorked() ? Optional.empty() : calls.judge(it);
    }
    Answer answer =
        it.call().startsWith("mkdir")
            ? files.answerForNewDirectory(it.path())
            : files.answer(it.path(), operation(it));
    if (!answer.allowed()) {
      return Optional.of(new Refusal(it, it.path(), withService(it, answer), 1));
    }
    return it.hasWorked() ? Optional.empty() : usable.judge(it, answer, files);
  }

  /** Who would be spoken to is worth knowing before it is allowed. */
  private static Answer withService(Observed it, Answer answer) {
    return SocketServices.at(it.path())
        .filter(any -> it.isOfSocket())
        .map(service -> answer.because(answer.reason() + "; it is " + service))
        .orElse(answer);
  }

  private Operation operation(Observed it) {
    return switch (it.want()) {
      case "execute" -> Operation.EXECUTE;
      case "look", "read" -> Operation.READ;
      // A socket that can be seen can be connected to, but where Landlock has a right for that.
      case "connect", "send" ->
          policy.decisions().has(Effect.RIGHTS_OF_TREES) && !it.error().equals("ENOENT")
              ? Operation.WRITE
              : Operation.READ;
      default -> Operation.WRITE;
    };
  }

  /** One absent directory is one refusal. */
  private static String absence(Refusal it) {
    return it.observed().absent().isEmpty() || it.observed().isOfSocket()
        ? it.answer().operation() + it.subject() + it.observed().error()
        : it.answer().operation() + it.observed().absent();
  }

  private static String neighbourhood(Refusal it) {
    return it.observed().path().isEmpty() || it.observed().isOfSocket() || it.paths() > 1
        ? it.subject() + it.observed().want() + it.observed().error()
        : it.answer().operation()
            + Paths.parent(it.subject())
            + it.answer().statement()
            + it.observed().error();
  }

  private List<Refusal> folded(List<Refusal> refusals, Function<Refusal, String> key) {
    Map<String, List<Refusal>> groups = new LinkedHashMap<>();
    refusals.forEach(it -> groups.computeIfAbsent(key.apply(it), any -> new ArrayList<>()).add(it));
    List<Refusal> folded = new ArrayList<>();
    for (List<Refusal> group : groups.values()) {
      long different = group.stream().map(Refusal::subject).distinct().count();
      if (different == 1 || different > FEW || !group.get(0).observed().absent().isEmpty()) {
        folded.add(group.stream().reduce(this::joined).orElseThrow());
      } else {
        folded.addAll(group);
      }
    }
    return folded;
  }

  private Refusal joined(Refusal one, Refusal other) {
    boolean same = one.subject().equals(other.subject());
    String common = same ? one.subject() : common(one.subject(), other.subject());
    Observed both = one.observed().and(other.observed(), common);
    Answer answer =
        same || one.observed().path().isEmpty()
            ? one.answer()
            : files.answer(common, one.answer().operation());
    return new Refusal(
        both,
        common,
        answer.allowed() ? ofBoth(one.answer(), other.answer()) : answer,
        one.paths() + (same ? 0 : other.paths()));
  }

  /** Where the directory may be used, as one of the sandbox's own, each of its files is named. */
  private static Answer ofBoth(Answer one, Answer other) {
    return one.fix().flatMap(fix -> other.fix().map(fix::and)).map(one::fixedBy).orElse(one);
  }

  private static String common(String one, String other) {
    String tree = one;
    while (!PathRule.isIn(other, tree)) {
      tree = Paths.parent(tree);
    }
    return tree;
  }

  /** What programs look for everywhere comes last. */
  private static int rank(Refusal it) {
    boolean probe = PROBES.stream().anyMatch((it.subject() + "/")::startsWith);
    return switch (it.observed().want()) {
      case "look" -> probe ? 4 : 2;
      case "read" -> probe ? 3 : 1;
      default -> 0;
    };
  }
}
