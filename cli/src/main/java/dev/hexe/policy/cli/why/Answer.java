package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Statement;
import java.util.Optional;

/**
 * The answer of a policy about one operation.
 *
 * @param operation what is tried
 * @param allowed whether the policy allows it
 * @param guarantee the one that forbids it; empty where it is allowed
 * @param mechanism what enforces that here
 * @param statement the line that decides; empty where nobody wrote one
 * @param reason in words, what decides
 * @param fix what would allow it; empty where it is allowed, or nothing does
 * @param host whether the caller may do it outside
 * @param there whether there is anything at the path on this host
 */
public record Answer(
    Operation operation,
    boolean allowed,
    Optional<Guarantee> guarantee,
    Optional<Mechanism> mechanism,
    Optional<Statement> statement,
    String reason,
    Optional<Fix> fix,
    boolean host,
    boolean there) {
  /** The same with another reason. */
  Answer because(String other) {
    return new Answer(operation, allowed, guarantee, mechanism, statement, other, fix, host, there);
  }

  /** The same with another fix. */
  Answer fixedBy(Fix other) {
    return new Answer(
        operation,
        allowed,
        guarantee,
        mechanism,
        statement,
        reason,
        Optional.of(other),
        host,
        there);
  }

  /** Whether another operation gets the same answer. */
  public boolean isAs(Answer other) {
    return fixedAs(other) && reason.equals(other.reason) && statement.equals(other.statement);
  }

  private boolean fixedAs(Answer other) {
    return allowed == other.allowed
        && fix.equals(other.fix)
        && guarantee.equals(other.guarantee)
        && (!allowed || host == other.host);
  }
}
