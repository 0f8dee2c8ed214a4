package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides over paths in a {@code /tmp}, {@code /dev} or {@code /proc} of the sandbox's own. */
final class OwnPlaceRules {
  private static final String OWN = "the sandbox has a %s of its own, and the host's is not there";

  /** What a {@code /dev} of the sandbox's own has. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "/dev/(null|zero|full|random|urandom|tty|ptmx|fd|stdin|stdout|stderr|(pts|shm)(/.*)?)");

  private final EffectivePolicy policy;
  private final Statements statements;
  private final Answers answers;
  private final List<Own> all = new ArrayList<>();

  /** A place that is not the host's inside. */
  record Own(String place, String thing, Guarantee guarantee, String key) {}

  OwnPlaceRules(EffectivePolicy policy, Statements statements, Answers answers) {
    this.policy = policy;
    this.statements = statements;
    this.answers = answers;
    add(Guarantee.TMP, "/tmp", "/tmp", "files.tmp");
    add(Guarantee.TMP, "/var/tmp", "/var/tmp", "files.tmp");
    add(Guarantee.DEVICES, "/dev", "/dev", "files.devices");
    add(Guarantee.PROCESSES_INVISIBLE, "/proc", "/proc", "processes.others");
  }

  private void add(Guarantee guarantee, String place, String thing, String key) {
    if (policy.strength(guarantee) == Strength.FULL) {
      all.add(new Own(place, thing, guarantee, key));
    }
  }

  /** The one that a path lies in, unless a listed tree of the host's is nearer. */
  Optional<Own> above(String place, Optional<ListedPathRules.Listed> nearest) {
    return all.stream()
        .filter(it -> PathRule.isIn(place, it.place()))
        .filter(
            it ->
                nearest
                    .filter(near -> !near.grant().made())
                    .filter(near -> near.isNearerThan(it.place()))
                    .isEmpty())
        .findFirst();
  }

  /** Whether what the profile puts somewhere lies in it, and so counts more. */
  boolean isAbove(Own own, Optional<MountEntry> fixture) {
    return fixture
        .map(it -> policy.absolute(it.path()))
        .filter(path -> !path.equals(own.place()) && PathRule.isIn(path, own.place()))
        .isPresent();
  }

  Answer answer(Own it, String place, Operation operation) {
    boolean there = policy.view().look(place).kind() != Kind.ABSENT && !place.equals(it.place());
    Optional<Statement> statement = statements.of(it.key());
    if (!there && it.guarantee().equals(Guarantee.TMP)) {
      return answers.allowed(
          operation, place, statement, "the sandbox has a " + it.thing() + " of its own");
    }
    boolean common =
        policy.grants().stream()
            .anyMatch(
                grant ->
                    grant.made()
                        && !grant.path().equals(it.place())
                        && PathRule.isIn(place, grant.path())
                        && grant.path().startsWith(it.place() + "/")
                        && operation.isAllowedBy(grant.access()));
    boolean node = it.guarantee().equals(Guarantee.DEVICES) && HARMLESS.matcher(place).matches();
    if (!there || common || node || it.guarantee().equals(Guarantee.PROCESSES_INVISIBLE)) {
      return answers.allowed(
          operation, place, statement, "the sandbox has a " + it.thing() + " of its own");
    }
    return answers.forbidden(
        operation,
        place,
        it.guarantee(),
        statement,
        OWN.formatted(it.thing()),
        answers.fix(operation, place));
  }
}
