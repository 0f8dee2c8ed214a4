package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Decides over what is refused although its path may be used, as lists go. */
final class UsableRules {
  private static final Pattern OF_PROCESS = Pattern.compile("/proc/[0-9]+");

  private final EffectivePolicy policy;
  private final Statements statements;
  private final Denials denials;
  private final IdentityRules identities;
  private final PrivilegeRules privileges;

  UsableRules(EffectivePolicy policy) {
    this.policy = policy;
    this.statements = new Statements(policy.provenance());
    this.denials = new Denials(policy, statements);
    this.identities = new IdentityRules(policy);
    this.privileges = new PrivilegeRules(policy);
  }

  /** Of a path that may be used, as lists go. */
  Optional<Refusal> judge(Observed it, Answer listed, FileRules files) {
    if (it.error().equals("EXDEV")) {
      return Optional.of(acrossMounts(it));
    }
    if (IdentityRules.gives(it) && (it.error().equals("EPERM") || it.error().equals("EINVAL"))) {
      return Optional.of(identities.giving(it));
    }
    Optional<Refusal> beside =
        it.error().equals("EBUSY") || isPartial() ? beside(it) : Optional.empty();
    if (beside.isPresent()) {
      return beside;
    }
    if (!it.second().isEmpty()) {
      Answer other = files.answer(it.second(), Operation.WRITE);
      if (!other.allowed()) {
        return Optional.of(new Refusal(it, it.second(), other, 1));
      }
    }
    Optional<Refusal> special = privileges.ofFile(it).or(() -> ofOthersProcess(it));
    if (special.isPresent()) {
      return special;
    }
    Optional<Refusal> foreign = ofOthersFile(it);
    if (foreign.isPresent()) {
      return foreign;
    }
    // Another sandbox inside, or a file that is in use: no rule of this policy.
    if (it.error().equals("EBUSY") || !policy.holds(Guarantee.FILES)) {
      return Optional.empty();
    }
    if (!it.absent().isEmpty()) {
      return Optional.of(notPutThere(it, listed));
    }
    return Optional.of(
        new Refusal(
            it,
            it.path(),
            denials.answer(
                Guarantee.FILES,
                listed.statement(),
                "the lists allow it ("
                    + listed.reason()
                    + "), and no single rule forbids it: what the sandbox has in this place is not the host's",
                null),
            1));
  }

  /** A directory of the sandbox's own has nothing of the host's but what is listed. */
  private Refusal notPutThere(Observed it, Answer listed) {
    boolean writes = listed.operation() == Operation.WRITE && !it.isOfSocket();
    String reason =
        Paths.parent(it.absent())
            + " is the sandbox's own, and this is not put there"
            + SocketServices.at(it.path()).map(service -> "; it is " + service).orElse("");
    return denials.refusal(
        it,
        Guarantee.FILES,
        listed.statement().or(() -> statements.of("files.unlisted")),
        reason,
        Fix.listing(
            writes ? "--write" : "--read",
            writes ? "write" : "read",
            it.path(),
            policy.profile().home()));
  }

  /** In /proc, which is of the sandbox's own processes alone. */
  private Optional<Refusal> ofOthersProcess(Observed it) {
    return OF_PROCESS.matcher(it.absent()).matches()
            && policy.strength(Guarantee.PROCESSES_INVISIBLE) == Strength.FULL
        ? Optional.of(
            denials.refusal(
                it,
                it.path(),
                Guarantee.PROCESSES_INVISIBLE,
                "processes.others",
                "processes outside have no number inside",
                new Fix("", "processes: {others: visible}")))
        : Optional.empty();
  }

  private boolean isPartial() {
    return policy.strength(Guarantee.PROTECTED) == Strength.PARTIAL
        || policy.strength(Guarantee.HIDDEN) == Strength.PARTIAL;
  }

  /** Root, and who has capabilities, uses files of others outside. */
  private Optional<Refusal> ofOthersFile(Observed it) {
    boolean denied = it.error().equals("EACCES") || it.error().equals("EPERM");
    boolean one = policy.profile().asksFor(Guarantee.IDENTITY);
    boolean none = policy.profile().asksFor(Guarantee.CAPABILITIES);
    if (!denied || !(one || none)) {
      return Optional.empty();
    }
    return Optional.of(
        denials.refusal(
            it,
            it.path(),
            none ? Guarantee.CAPABILITIES : Guarantee.IDENTITY,
            none ? "privileges.capabilities" : "identity",
            "the file is another user's, and nobody inside has rights to those",
            none
                ? new Fix(
                    "--identity host --cap-add dac_override",
                    "identity: host\nprivileges: {capabilities: [dac_override]}")
                : new Fix("--identity host", "identity: host")));
  }

  private Refusal acrossMounts(Observed it) {
    String tree = it.path();
    while (!PathRule.isIn(it.second(), tree)) {
      tree = Paths.parent(tree);
    }
    Fix fix =
        tree.equals("/") ? null : Fix.listing("--write", "write", tree, policy.profile().home());
    return new Refusal(
        it,
        it.subject(),
        denials.answer(
            Guarantee.FILES,
            statements.of("files.unlisted"),
            "what is listed apart lies on mounts of their own inside, and nothing is renamed from one to another; programs copy instead",
            fix),
        1);
  }

  /** Where something below or beside a path is kept, the directory above stays where it is. */
  private Optional<Refusal> beside(Observed it) {
    return Stream.of(Guarantee.PROTECTED, Guarantee.HIDDEN)
        .flatMap(guarantee -> beside(it, guarantee))
        .findFirst();
  }

  private Stream<Refusal> beside(Observed it, Guarantee guarantee) {
    boolean isProtected = guarantee.equals(Guarantee.PROTECTED);
    List<ProtectedPath> kept =
        isProtected ? policy.profile().protectedPaths() : policy.profile().hiddenPaths();
    boolean partial = policy.strength(guarantee) == Strength.PARTIAL;
    String tree = partial ? Paths.parent(it.path()) : it.path();
    return kept.stream()
        .flatMap(
            safeguard ->
                safeguard.places(Path.of(policy.cwd())).stream()
                    .filter(place -> PathRule.isIn(place, tree))
                    .map(
                        place ->
                            denials.refusal(
                                it,
                                guarantee,
                                statements.of(isProtected ? "protect" : "hide", safeguard),
                                PathRule.withTilde(place, policy.profile().home())
                                    + (partial
                                        ? " lies beside it, and with Landlock alone nothing is made, removed or renamed there"
                                        : " lies in it, so it cannot be moved away"),
                                Fix.listing(
                                    isProtected ? "--write" : "--read",
                                    isProtected ? "write" : "read",
                                    place,
                                    policy.profile().home()))));
  }
}
