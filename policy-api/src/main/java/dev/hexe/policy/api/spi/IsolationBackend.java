package dev.hexe.policy.api.spi;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.JointProbe;
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
  /**
   * The name, which no other backend has: lower-case letters, for example {@code landlock}. Two
   * backends of one name refuse the run.
   */
  String id();

  /**
   * The questions to the host. The launcher runs their plans, each in a child of its own; this
   * method itself changes nothing on the host, and calls nothing that could.
   *
   * @param caller the process that asked for the sandbox
   * @param reader for small files that locate something; what they say proves nothing
   */
  List<Probe> probes(Caller caller, HostReader reader);

  /**
   * Plans that ask several of these questions at once. They are tried first; what they do not
   * answer is asked alone. They save time and change no answer.
   */
  default List<JointProbe> jointProbes(Caller caller, HostReader reader) {
    return List.of();
  }

  /**
   * The facts that follow from the results of the probes, each missing one with its fix. No two
   * backends report a fact of one name.
   *
   * @param findings the results, by the name of the fact that a probe establishes
   */
  List<Fact> facts(Findings findings);

  /**
   * The mechanisms on offer, each with the rule that chooses it, its strength and its caveat. The
   * list does not depend on the host: a mechanism names the facts it needs.
   */
  List<Mechanism> mechanisms();

  /**
   * The part of the plan for those of its mechanisms that the decisions use; {@link
   * Contribution#NONE} if they use none.
   *
   * @param compilation the profile, the caller, the facts, the decisions, and the host's files
   * @throws CannotCompileException where the profile asks for something that cannot be done here
   */
  Contribution compile(Compilation compilation);

  /**
   * The paths that its mechanisms make, or have to leave open, beside those the profile lists.
   *
   * @return absolute paths as seen inside, or {@code @cwd} or {@code @private}
   */
  default List<PathGrant> grants(Profile profile, Decisions decisions) {
    return List.of();
  }

  /** The version, for {@code doctor}. */
  default String version() {
    String version = getClass().getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
