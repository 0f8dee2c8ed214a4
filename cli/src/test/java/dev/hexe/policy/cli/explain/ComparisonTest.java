package dev.hexe.policy.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Separation;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.Screen;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.exposure.Exposures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Exposures NONE = new Exposures(List.of(), Exposures.Scope.HOST);
  private static final Profile OTHER =
      new Profile(
          "other",
          "",
          "/home/you",
          Identity.ids(5, 6),
          new FileAccess(
              Unlisted.ABSENT,
              List.of(PathRule.ifPresent("/opt"), PathRule.of("/home/you/keys")),
              List.of(PathRule.of("/home/you"), PathRule.of("/home/you/src")),
              List.of(PathRule.of(PathRule.CWD)),
              Tmp.HOST,
              false),
          new Separation(false, false, false, false, "hexe", false, false, true),
          new Privileges(false, false, false, List.of("keyctl", "bpf")),
          new Limits(
              OptionalLong.of(1536L << 20),
              OptionalLong.of(64),
              new Limits.CpuQuota(50_000, 100_000)),
          Map.of(Guarantee.HOSTNAME, Demand.REQUIRED));

  private final Screen screen = new Screen();

  @Test
  void allThatDiffersIsToldSideBySide() {
    assertEquals(
        """
                                        sandbox                        ./other.yaml
        ────────────────────────────────────────────────────────────────────────────────────────────────────
        settings
          identity                      host                           5:6
          files.tmp                     private, 1M                    host
          processes.pid                 any                            kept
          privileges.deny-system-calls  -                              bpf, keyctl
        ────────────────────────────────────────────────────────────────────────────────────────────────────
        paths
          ${CWD}                        -                              list
          /opt                          -                              read if present
          ~/keys                        write                          read
        ────────────────────────────────────────────────────────────────────────────────────────────────────
        guarantees
          read-only                     -                              none, required
                                                                       no mechanism
          tmp                           full, required                 -
                                        tmpfs
          hostname                      full, preferred                full, required
                                        uts-namespace                  uts-namespace
          identity                      -                              none, required
                                                                       no mechanism
          syscalls                      -                              none, required
                                                                       no mechanism
          memory                        -                              none, required
                                                                       no mechanism
          pids                          -                              none, required
                                                                       no mechanism
          cpu                           -                              none, required
                                                                       no mechanism
        ────────────────────────────────────────────────────────────────────────────────────────────────────
        limits
          limits.memory                 max                            1536M
          limits.pids                   max                            64
          limits.cpu                    max                            0.5
        ────────────────────────────────────────────────────────────────────────────────────────────────────
        exposures
          writable-git-hooks            0.3: ~/src/.git/hooks; can be  -
                                        made: ~/src/.git/config
          host-network                  0.2                            -
        ────────────────────────────────────────────────────────────────────────────────────────────────────
        verdict                         enforced in full               refused
        score                           0.5, EXPOSED                   0.0, SAFE""",
        new ComparisonReport(comparison(), screen.output).text());
  }

  @Test
  void equalProfilesAreALine() {
    ComparedProfile side = side("a", Fakes.SANDBOX, NONE);
    Comparison equal = Comparison.of(side, side("./b.yaml", Fakes.SANDBOX, NONE));
    assertTrue(equal.isEqual());
    assertEquals(
        "`a` and `./b.yaml` grant the same on this host",
        new ComparisonReport(equal, screen.output).text());
  }

  @Test
  void aPathBelowAListedOneIsNoDifference() {
    assertTrue(
        comparison().differences().stream()
            .noneMatch(difference -> difference.name().equals("~/src")));
  }

  @Test
  void programsGetGuaranteesAsObjects() {
    JsonObject document = JsonParser.parseString(ComparisonJson.of(comparison())).getAsJsonObject();
    assertEquals(
        JsonParser.parseString(
            """
            {"profile": "./other.yaml", "verdict": "refused", "score": 0.0, "rating": "safe"}"""),
        document.get("right"));
    assertFalse(document.get("equal").getAsBoolean());
    JsonObject hostname = difference(document, "hostname");
    assertEquals("guarantees", hostname.get("section").getAsString());
    assertEquals("full", hostname.getAsJsonObject("left").get("strength").getAsString());
    assertTrue(hostname.getAsJsonObject("right").get("required").getAsBoolean());
    assertFalse(difference(document, "tmp").has("right"));
    assertEquals(
        JsonParser.parseString(
            """
            {"section": "paths", "name": "${CWD}", "left": "", "right": "list"}"""),
        difference(document, "${CWD}"));
  }

  private static JsonObject difference(JsonObject document, String name) {
    for (JsonElement element : document.getAsJsonArray("differences")) {
      if (element.getAsJsonObject().get("name").getAsString().equals(name)) {
        return element.getAsJsonObject();
      }
    }
    throw new AssertionError("no difference of " + name);
  }

  private static Comparison comparison() {
    return Comparison.of(
        side("sandbox", Fakes.SANDBOX, Fakes.EXPOSURES), side("./other.yaml", OTHER, NONE));
  }

  private static ComparedProfile side(String name, Profile profile, Exposures exposures) {
    return new ComparedProfile(
        name,
        new Explanation(
            profile,
            Fakes.RICH,
            new PolicyCompiler(Fakes.backends())
                .decide(new CompileRequest(profile, Fakes.USER, Fakes.RICH.facts())),
            Optional.empty(),
            true,
            Optional.empty(),
            exposures));
  }
}
