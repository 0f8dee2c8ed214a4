package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Resource;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.profiles.value.LimitFormats;
import dev.hexe.policy.profiles.value.ResourceFormats;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Decides over limits that were reached, with the next wider one as the change that helps. */
final class LimitRules {
  private static final long SECOND = 1000;

  private final EffectivePolicy policy;
  private final Statements statements;
  private final Denials denials;

  LimitRules(EffectivePolicy policy) {
    this.policy = policy;
    this.statements = new Statements(policy.provenance());
    this.denials = new Denials(policy, statements);
  }

  /** Of a limit; empty where it is not one of this policy's. */
  Optional<Refusal> judge(Observed it) {
    Limits limits = policy.profile().limits();
    return switch (it.call()) {
      case Observed.TIME -> limit(it, limits.time(), Guarantee.TIME, "time", "all is ended then");
      case Observed.MEMORY ->
          limit(it, limits.memory(), Guarantee.MEMORY, "memory", "all is ended then");
      case Observed.MEMORY_ELSEWHERE -> Optional.of(ofOthersMemory(it));
      case Observed.PROCESSES -> processes(it);
      default -> ofResource(it);
    };
  }

  /** Of processes: forks and threads. */
  Optional<Refusal> processes(Observed it) {
    return policy.profile().asksFor(Guarantee.PIDS)
        ? Optional.of(
            denials.refusal(
                it,
                "starting a process or thread",
                Guarantee.PIDS,
                "limits.pids",
                "there are as many as the profile allows",
                new Fix("--pids max", "limits: {pids: max}")))
        : Optional.empty();
  }

  private Optional<Refusal> limit(
      Observed it, OptionalLong limit, Guarantee guarantee, String name, String reason) {
    return limit.isEmpty()
        ? Optional.empty()
        : Optional.of(
            denials.refusal(
                it,
                "the limit " + name + ": " + text(name, limit.getAsLong()),
                guarantee,
                "limits." + name,
                "it was reached: " + reason,
                wider(name, limit.getAsLong())));
  }

  private static @Nullable Fix wider(String name, long limit) {
    if (limit > Long.MAX_VALUE / 2) {
      return null;
    }
    String wider = text(name, limit * 2);
    return new Fix("--" + name + " " + wider, "limits: {" + name + ": " + wider + "}");
  }

  private static String text(String name, long limit) {
    return !name.equals("time")
        ? LimitFormats.text(limit)
        : limit % SECOND == 0 ? limit / SECOND + "s" : limit + "ms";
  }

  private Refusal ofOthersMemory(Observed it) {
    return new Refusal(
        it,
        "more memory than there is",
        denials.answer(
            Guarantee.MEMORY,
            Optional.empty(),
            "the host, or a group that the sandbox is in, has no more; this sandbox's own limit was not reached",
            null),
        1);
  }

  private Optional<Refusal> ofResource(Observed it) {
    return Arrays.stream(Resource.values())
        .filter(resource -> resource.number() == it.number())
        .findFirst()
        .flatMap(resource -> ofResource(it, resource));
  }

  private Optional<Refusal> ofResource(Observed it, Resource resource) {
    Long limit = policy.profile().startup().resources().get(resource);
    if (limit != null && limit != Resource.UNLIMITED) {
      return Optional.of(ofResource(it, resource, limit));
    }
    return resource == Resource.AS
        ? limit(
            it, policy.profile().limits().memory(), Guarantee.MEMORY, "memory", meaning(resource))
        : Optional.empty();
  }

  private Refusal ofResource(Observed it, Resource resource, long limit) {
    String name = resource.label();
    String wider = ResourceFormats.text(resource, Math.max(1, limit) * 2);
    return new Refusal(
        it,
        "the limit " + name + ": " + ResourceFormats.text(resource, limit),
        denials.plainly(
            statements.of("limits.rlimits." + name),
            "it was reached: " + meaning(resource),
            new Fix(
                "--rlimit " + name + "=" + wider,
                "limits: {rlimits: {" + name + ": " + wider + "}}")),
        1);
  }

  private static String meaning(Resource resource) {
    return switch (resource) {
      case NOFILE -> "as many files and sockets as a process may have open were open";
      case FSIZE -> "no file may be written that is larger";
      case CPU -> "the process had used the processor for about that long when it was ended";
      case AS -> "the address space of this process was that large, and it got no more";
      case STACK, CORE -> "there is no more";
    };
  }
}
