package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;
import java.util.stream.Stream;

/** Words on the user's other terminals and keyrings, for which no guarantee is named. */
final class SessionAccess {
  private static final String TERMINALS = "/dev/pts";

  private final Profile profile;
  private final Decisions decisions;

  SessionAccess(Profile profile, Decisions decisions) {
    this.profile = profile;
    this.decisions = decisions;
  }

  List<String> lines() {
    return List.of("terminals  " + terminals(), "keys  " + keys());
  }

  private String terminals() {
    if (decisions.has(Guarantee.DEVICES, Effect.OWN_TERMINALS)) {
      return "its own can be made; the user's others are not there";
    }
    if (!lists() || isWritable()) {
      return "the user's others can be opened, in /dev/pts";
    }
    return "the user's others cannot be opened, and none can be made, so `script`, `tmux` and `ssh -t` fail;"
        + " `--write /dev/ptmx --write /dev/pts` allows both";
  }

  private boolean lists() {
    return profile.files().unlisted() != FileAccess.Unlisted.ALLOWED
        && decisions.all().stream()
            .anyMatch(it -> it.guarantee().equals(Guarantee.FILES) && it.chosen().isPresent());
  }

  private boolean isWritable() {
    return Stream.of("/", "/dev", TERMINALS)
        .anyMatch(
            path -> profile.files().write().stream().map(PathRule::path).anyMatch(path::equals));
  }

  private String keys() {
    return decisions.has(Guarantee.PROCESSES_UNREACHABLE, Effect.CONFINES_KEYS)
        ? "the user's keyrings are out of reach"
        : "the user's keyrings can be read and changed";
  }
}
