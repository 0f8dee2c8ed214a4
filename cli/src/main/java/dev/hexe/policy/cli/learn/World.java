package dev.hexe.policy.cli.learn;

import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.log.NetworkRecord;
import dev.hexe.policy.cli.why.Observed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The needs of learning on the rest of the program, and of who started it. */
public interface World {
  /**
   * One run of the command.
   *
   * @param status its exit status
   * @param ran whether there was a command at all
   * @param problem why it could not be watched; empty where it was
   * @param observed the calls that were refused, or that worked where all were taken down
   * @param network what the gateway was asked for
   */
  record Run(
      int status,
      boolean ran,
      String problem,
      List<Observed> observed,
      List<NetworkRecord> network) {
    /** Copies the lists. */
    public Run {
      observed = List.copyOf(observed);
      network = List.copyOf(network);
    }
  }

  /** A profile in a file, with options, as it is enforced here. */
  EffectivePolicy policy(Path profile, List<String> options);

  /** Why nothing would run under it, such as a rule of the site; empty where it would. */
  Optional<String> objection(Path profile);

  /** Runs the command under it. */
  Run run(Path profile, List<String> options);

  /** Runs the command under another profile, and takes down what works as well. */
  Run trace(String profile, List<String> options);

  /** Tells how far it is. */
  void say(String line);

  /** Asks whether to run the command again; false where nobody can be asked. */
  boolean isWantedAgain(int grants);
}
