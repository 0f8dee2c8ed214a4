package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Decides over ids that a process wanted to take, or to give a file to. It takes both that the id
 * exists and that somebody inside may use it, so what is missing is named at once.
 */
final class IdentityRules {
  private static final List<Capability> TO_BECOME = List.of(Capability.SETGID, Capability.SETUID);
  private static final List<Capability> TO_GIVE = List.of(Capability.CHOWN);

  private final EffectivePolicy policy;
  private final Denials denials;

  IdentityRules(EffectivePolicy policy) {
    this.policy = policy;
    this.denials = new Denials(policy, new Statements(policy.provenance()));
  }

  /** Whether a call gives a file to somebody. */
  static boolean gives(Observed it) {
    return it.want().equals("change") && it.call().contains("chown");
  }

  /** Of a process that wanted to be somebody else. */
  Refusal becoming(Observed it) {
    return refusal(it, "another id", TO_BECOME);
  }

  /** Of a file that somebody else was to own. */
  Refusal giving(Observed it) {
    return refusal(it, it.path(), TO_GIVE);
  }

  private Refusal refusal(Observed it, String subject, List<Capability> takes) {
    List<Capability> missing = takes.stream().filter(this::isMissing).toList();
    Identity.Kind kind = policy.profile().identity().kind();
    boolean one = kind != Identity.Kind.HOST && kind != Identity.Kind.SUBORDINATE;
    return one || it.error().equals("EINVAL")
        ? denials.refusal(
            it,
            subject,
            Guarantee.IDENTITY,
            "identity",
            "no other id exists inside"
                + (missing.isEmpty() ? "" : ", and nobody there has the capability to use one"),
            fix(true, missing))
        : denials.refusal(
            it,
            subject,
            Guarantee.CAPABILITIES,
            "privileges.capabilities",
            "nobody inside has the capability to use another id",
            fix(false, missing));
  }

  private boolean isMissing(Capability capability) {
    Privileges privileges = policy.profile().privileges();
    return privileges.takenCapabilities().contains(capability)
        || (privileges.noCapabilities() && !privileges.capabilities().contains(capability));
  }

  private static Fix fix(boolean ids, List<Capability> missing) {
    String names = missing.stream().map(IdentityRules::name).collect(Collectors.joining(", "));
    String capabilities = missing.isEmpty() ? "" : "privileges: {capabilities: [" + names + "]}";
    String options =
        missing.stream().map(it -> " --cap-add " + name(it)).collect(Collectors.joining());
    return new Fix(
        ((ids ? "--identity subordinate" : "") + options).strip(),
        ((ids ? "identity: subordinate\n" : "") + capabilities).strip());
  }

  private static String name(Capability capability) {
    return capability.name().toLowerCase(Locale.ROOT);
  }
}
