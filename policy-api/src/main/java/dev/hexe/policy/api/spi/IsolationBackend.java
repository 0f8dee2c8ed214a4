package dev.hexe.policy.api.spi;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;

/**
 * A family of kernel mechanisms. Backends are found with {@link java.util.ServiceLoader}; one that
 * throws makes the run refuse, one that is missing offers nothing and so enforces nothing.
 *
 * <p>To add one: a module that depends on this API, an implementation, a line in {@code
 * META-INF/services}, and a subclass of {@code BackendContractTest}.
 */
public interface IsolationBackend {
  /** A short unique name of lower-case letters, for example {@code landlock}. */
  String id();

  /** What to try on the host. The launcher runs the plans; nothing here may change the host. */
  List<Probe> probes(Caller caller, HostReader reader);

  /** What the tries mean, each lack with its fix. No two backends report a fact of one name. */
  List<Fact> facts(Findings findings);

  /** The mechanisms on offer, each with the rule that chooses it. */
  List<Mechanism> mechanisms();

  /**
   * The part of the plan for those of its mechanisms that the decisions use; {@link
   * Contribution#NONE} where they use none.
   *
   * @throws CannotCompileException where the profile asks for something that cannot be done here
   */
  Contribution compile(Compilation compilation);

  /** The paths its mechanisms make, or have to leave open, beside those the profile lists. */
  default List<PathGrant> grants(Profile profile, Decisions decisions) {
    return List.of();
  }

  /** The version, for {@code doctor}. */
  default String version() {
    String version = getClass().getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
