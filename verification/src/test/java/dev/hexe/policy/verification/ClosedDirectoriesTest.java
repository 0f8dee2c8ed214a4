package dev.hexe.policy.verification;

import static dev.hexe.policy.api.testing.ProfileBuilder.profile;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.verification.environment.ClosedDirectories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedDirectoriesTest {
  @TempDir Path home;

  private boolean isClosed(Profile profile, Effect effect, Path directory) {
    Decisions decisions =
        new Decisions(
            profile.guarantees().stream().map(guarantee -> decision(guarantee, effect)).toList());
    return new ClosedDirectories(profile, decisions, home.resolve("work")).contains(directory);
  }

  private static Decision decision(Guarantee guarantee, Effect effect) {
    Mechanism chosen =
        Mechanism.named("a name", guarantee, Strength.PARTIAL)
            .rule("a rule")
            .caveat("it")
            .effects(effect)
            .build();
    return new Decision(guarantee, Demand.REQUIRED, Optional.of(chosen), List.of(), List.of());
  }

  @Test
  void whatIsProtectedClosesWhatIsAboveIt() {
    Profile profile = profile().protect(PathRule.CWD + "/.git/hooks").build();
    assertEquals(true, isClosed(profile, Effect.CLOSES_DIRECTORIES, home));
    assertEquals(true, isClosed(profile, Effect.CLOSES_DIRECTORIES, home.resolve("work")));
    assertEquals(false, isClosed(profile, Effect.CLOSES_DIRECTORIES, home.resolve("work/src")));
    assertEquals(false, isClosed(profile, Effect.MOUNTS_OVER, home));
  }

  @Test
  void whatIsHiddenClosesOnlyWhereItIs() throws Exception {
    Profile profile = profile().hide(home.resolve("keys").toString()).build();
    assertEquals(false, isClosed(profile, Effect.CLOSES_DIRECTORIES, home));
    Files.createDirectory(home.resolve("keys"));
    assertEquals(true, isClosed(profile, Effect.CLOSES_DIRECTORIES, home));
  }
}
