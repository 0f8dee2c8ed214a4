package dev.hexe.policy.verification;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.engine.rules.PolicyException;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.checks.Checks;
import dev.hexe.policy.verification.checks.Deadlines;
import dev.hexe.policy.verification.checks.LimitChecks;
import dev.hexe.policy.verification.checks.Processors;
import dev.hexe.policy.verification.checks.SystemChecks;
import dev.hexe.policy.verification.environment.Disks;
import dev.hexe.policy.verification.environment.HostNetwork;
import dev.hexe.policy.verification.environment.ListedPaths;
import dev.hexe.policy.verification.environment.SystemCalls;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts a sandbox and tries from inside what its profile forbids and allows.
 *
 * @param launcher the launcher's path
 * @param caller who it is for
 * @param workingDirectory where it is started
 * @param runtimeDirectory the caller's directory for sockets and the like
 */
public record Verification(
    String launcher, Caller caller, Path workingDirectory, Optional<String> runtimeDirectory) {
  /** No sandbox: acts are tried as they are outside. */
  private static final Plan OUTSIDE = new Plan(List.of());

  /**
   * Tries everything that was decided about a profile.
   *
   * @param plan what is executed
   * @throws PolicyException where it could not be tried
   */
  public List<Finding> of(Profile profile, Decisions decisions, Plan plan) {
    ListedPaths listed = new ListedPaths(profile.files(), workingDirectory);
    try (Workplace workplace = Workplace.make(listed, runtimeDirectory);
        Listeners listeners = Listeners.open();
        Target bystander = Target.start(launcher, socket(workplace))) {
      TestEnvironment scene = scene(profile, listed, workplace, listeners, bystander);
      Attempts attempts = new Attempts(launcher, workplace.directory());
      List<Check> trials = new ArrayList<>(new Checks(profile, scene).of(decisions));
      addSystem(new SystemChecks(profile, decisions, workingDirectory), attempts, trials);
      return judge(trials, decisions, plan, attempts);
    } catch (IOException e) {
      throw new PolicyException("cannot try the sandbox out: " + e.getMessage(), e);
    }
  }

  /** Behind the other trials on files, and on the name. */
  private static void addSystem(SystemChecks system, Attempts attempts, List<Check> trials)
      throws IOException {
    List<SystemChecks.Comparison> checks = system.checks();
    List<Answer> outside =
        attempts.run(OUTSIDE, checks.stream().map(SystemChecks.Comparison::act).toList());
    for (int i = 0; i < checks.size(); i++) {
      addBehind(Guarantee.FILES, checks.get(i).against(outside.get(i)), trials);
    }
    system
        .ownName()
        .map(act -> Check.of(Guarantee.HOSTNAME, act, SystemChecks.FOUND))
        .ifPresent(trial -> addBehind(Guarantee.HOSTNAME, trial, trials));
  }

  private static void addBehind(Guarantee guarantee, Check trial, List<Check> trials) {
    for (int i = trials.size() - 1; i >= 0; i--) {
      if (trials.get(i).guarantee().equals(guarantee)) {
        trials.add(i + 1, trial);
        return;
      }
    }
  }

  private TestEnvironment scene(
      Profile profile,
      ListedPaths listed,
      Workplace workplace,
      Listeners listeners,
      Target bystander) {
    return new TestEnvironment(
        caller,
        listeners.tcpPort(),
        listeners.udpPort(),
        bystander.things(),
        workplace.canary(),
        // Written before the sandbox is started, so that it is there when it is looked for.
        workplace.directory().resolve(Attempts.PLAN),
        workingDirectory,
        MountPoints.all(),
        Processors.ofThisProcess(),
        disks(profile, listed),
        HostNetwork.HERE,
        SystemCalls.ofThisMachine());
  }

  private Disks disks(Profile profile, ListedPaths listed) {
    List<Path> anywhere = List.of(workingDirectory, Path.of("/var/tmp"), Path.of("/tmp"));
    return new Disks(profile.asksFor(Guarantee.FILES) ? listed.write() : anywhere);
  }

  private static String socket(Workplace workplace) {
    return workplace
        .canary()
        .map(canary -> canary.resolve(TestEnvironment.SOCKET).toString())
        .orElse("");
  }

  private static List<Finding> judge(
      List<Check> trials, Decisions decisions, Plan plan, Attempts attempts) throws IOException {
    List<Answer> together =
        attempts.run(
            Deadlines.without(plan),
            trials.stream().filter(Verification::isTogether).map(Check::act).toList());
    List<Finding> findings = new ArrayList<>();
    int next = 0;
    for (Check trial : trials) {
      Answer answer = isTogether(trial) ? together.get(next++) : alone(trial, plan, attempts);
      Decision decision = decisions.of(trial.guarantee()).orElseThrow();
      findings.add(new Finding(trial, decision, answer, Assertion.of(trial, decision, answer)));
    }
    return findings;
  }

  private static boolean isTogether(Check trial) {
    return trial.act().canBeTried() && !LimitChecks.ALONE.contains(trial.act().name());
  }

  private static Answer alone(Check trial, Plan plan, Attempts attempts) throws IOException {
    if (!trial.act().canBeTried()) {
      return Answer.unable(trial.reason());
    }
    Plan fitting =
        LimitChecks.takesTime(trial.act()) ? Deadlines.soon(plan) : Deadlines.without(plan);
    return attempts.run(fitting, List.of(trial.act())).get(0);
  }
}
