package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what was refused together with the line it rests on and the mechanism that refused it. */
final class Denials {
  private final EffectivePolicy policy;
  private final Statements statements;

  Denials(EffectivePolicy policy, Statements statements) {
    this.policy = policy;
    this.statements = statements;
  }

  /** Of the path that was tried. */
  Refusal refusal(
      Observed it, Guarantee guarantee, Optional<Statement> line, String reason, Fix fix) {
    return new Refusal(it, it.path(), answer(guarantee, line, reason, fix), 1);
  }

  /** Of something that one key of a profile is about. */
  Refusal refusal(
      Observed it,
      String subject,
      Guarantee guarantee,
      String key,
      String reason,
      @Nullable Fix fix) {
    return new Refusal(it, subject, answer(guarantee, statements.of(key), reason, fix), 1);
  }

  /** Of what no guarantee is about. */
  Answer plainly(Optional<Statement> line, String reason, Fix fix) {
    return new Answer(
        Operation.WRITE,
        false,
        Optional.empty(),
        Optional.empty(),
        line,
        reason,
        Optional.of(fix),
        true,
        true);
  }

  Answer answer(Guarantee guarantee, Optional<Statement> line, String reason, @Nullable Fix fix) {
    return new Answer(
        Operation.WRITE,
        false,
        Optional.of(guarantee),
        policy.decisions().of(guarantee).flatMap(Decision::chosen),
        line,
        reason,
        Optional.ofNullable(fix),
        true,
        true);
  }
}
