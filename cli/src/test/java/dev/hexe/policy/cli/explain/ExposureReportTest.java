package dev.hexe.policy.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.exposure.Exposures;
import dev.hexe.policy.exposure.Exposures.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExposureReportTest {
  @Test
  void nothingExposedIsALine() {
    assertEquals("exposures: 0.0 of 10.0, SAFE", text(new Exposures(List.of(), Scope.HOST)));
  }

  @Test
  void whatWasNotLookedAtIsNotRated() {
    assertEquals(
        """
        exposures: at least 0.0 of 10.0
          from the decisions alone: the files of that host were not examined""",
        text(new Exposures(List.of(), Scope.DECISIONS)));
    assertFalse(
        ExposureJson.of(new Exposures(List.of(), Scope.DECISIONS)).has("rating"),
        "a rating of what was not looked at");
  }

  @Test
  void colourAddsNothingButColour() {
    assertEquals(
        text(Fakes.EXPOSURES),
        new ExposureReport(Style.COLOUR, 100).of(Fakes.EXPOSURES).replaceAll("\033\\[[0-9]+m", ""));
  }

  private static String text(Exposures exposures) {
    return new ExposureReport(Style.PLAIN, 100).of(exposures);
  }
}
