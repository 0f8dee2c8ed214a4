package dev.hexe.policy.conformance.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The probe outside of any sandbox, holding something until it is closed. */
public final class Helper implements AutoCloseable {
  private final Running process;
  private final String answer;

  private Helper(Running process) {
    this.process = process;
    this.answer = process.line();
  }

  /** Starts an act that lasts, as this user. */
  public static Helper holding(User user, String act) {
    Requires.user(user);
    List<String> command = new ArrayList<>(List.of(user.home().resolve("probe").toString()));
    command.addAll(Arrays.asList(act.split(" ", -1)));
    return new Helper(new Running(Execution.of(user.running(command)).start()));
  }

  /** What the kernel said: {@code ok} or the name of an errno. */
  public String answer() {
    return answer;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.endInput();
    process.status();
    process.close();
  }
}
