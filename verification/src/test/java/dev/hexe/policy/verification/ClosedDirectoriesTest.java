package dev.hexe.policy.verification;

import static dev.hexe.policy.api.testing.ProfileBuilder.profile;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedDirectoriesTest {
  @TempDir Path home;

  private boolean isClosed(Profile profile, String mechanism, Path directory) {
    Decisions decisions =
        new Decisions(
            profile.guarantees().stream()
                .map(guarantee -> decision(guarantee, mechanism))
                .toList());
    return new ClosedDirectories(profile, decisions, home.resolve("work")).contains(directory);
  }

  private static Decision decision(Guarantee guarantee, String mechanism) {
    Mechanism chosen =
        Mechanism.named(mechanism, guarantee, Strength.PARTIAL).rule("a rule").caveat("it").build();
    return new Decision(guarantee, Demand.REQUIRED, Optional.of(chosen), List.of(), List.of());
  }

  @Test
  void whatIsProtectedClosesWhatIsAboveIt() {
    Profile profile = profile().protect(PathRule.CWD + "/.git/hooks").build();
    assertEquals(true, isClosed(profile, "landlock-siblings", home));
    assertEquals(true, isClosed(profile, "landlock-siblings", home.resolve("work")));
    assertEquals(false, isClosed(profile, "landlock-siblings", home.resolve("work/src")));
    assertEquals(false, isClosed(profile, "guard-mounts", home));
  }

  @Test
  void whatIsHiddenClosesOnlyWhereItIs() throws Exception {
    Profile profile = profile().hide(home.resolve("keys").toString()).build();
    assertEquals(false, isClosed(profile, "landlock-siblings", home));
    Files.createDirectory(home.resolve("keys"));
    assertEquals(true, isClosed(profile, "landlock-siblings", home));
  }
}
