package dev.hexe.policy.cli.verify;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.engine.PolicyException;
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
        Bystander bystander = Bystander.start(launcher, socket(workplace))) {
      Scene scene = scene(workplace, listeners, bystander);
      List<Trial> trials = new Trials(profile, scene).of(decisions);
      return judge(trials, decisions, new Attempts(launcher, workplace.directory(), plan));
    } catch (IOException e) {
      throw new PolicyException("cannot try the sandbox out: " + e.getMessage(), e);
    }
  }

  private Scene scene(Workplace workplace, Listeners listeners, Bystander bystander)
      throws IOException {
    return new Scene(
        caller,
        listeners.tcpPort(),
        listeners.udpPort(),
        bystander.things(),
        workplace.canary(),
        // Written before the sandbox is started, so that it is there when it is looked for.
        workplace.directory().resolve("plan"),
        workingDirectory,
        MountPoints.all(),
        SystemCalls.ofThisMachine());
  }

  private static String socket(Workplace workplace) {
    return workplace.canary().map(canary -> canary.resolve(Scene.SOCKET).toString()).orElse("");
  }

  private static List<Finding> judge(List<Trial> trials, Decisions decisions, Attempts attempts)
      throws IOException {
    List<Answer> together =
        attempts.run(trials.stream().filter(Verification::isTogether).map(Trial::act).toList());
    List<Finding> findings = new ArrayList<>();
    int next = 0;
    for (Trial trial : trials) {
      Answer answer = isTogether(trial) ? together.get(next++) : alone(trial, attempts);
      Decision decision = decisions.of(trial.guarantee()).orElseThrow();
      findings.add(new Finding(trial, decision, answer, Judge.of(trial, decision, answer)));
    }
    return findings;
  }

  // Who takes too much memory may take everybody in the sandbox along.
  private static boolean isTogether(Trial trial) {
    return trial.act().canBeTried() && !trial.act().name().equals(LimitTrials.ALLOCATE);
  }

  private static Answer alone(Trial trial, Attempts attempts) throws IOException {
    return trial.act().canBeTried()
        ? attempts.run(List.of(trial.act())).get(0)
        : Answer.unable(trial.reason());
  }
}
