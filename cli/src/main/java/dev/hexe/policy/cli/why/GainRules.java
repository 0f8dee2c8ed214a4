package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.util.Optional;

/** Decides over programs that failed without the rights that their file gives. */
final class GainRules {
  private final EffectivePolicy policy;
  private final Denials denials;

  GainRules(EffectivePolicy policy) {
    this.policy = policy;
    this.denials = new Denials(policy, new Statements(policy.provenance()));
  }

  /** Of a program; empty where it is `why` itself that takes its rights. */
  Optional<Refusal> judge(Observed it) {
    return policy.holds(Guarantee.PRIVILEGE_GAIN)
        ? Optional.of(
            denials.refusal(
                it,
                "the rights that " + it.path() + " gives",
                Guarantee.PRIVILEGE_GAIN,
                "privileges.gain",
                "its file is setuid, setgid or has capabilities; it was started without them, and it failed, perhaps for want of them; nobody inside gets rights over the host, so run outside of the sandbox what takes them",
                null))
        : Optional.empty();
  }
}
