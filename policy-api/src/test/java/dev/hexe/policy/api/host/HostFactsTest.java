package dev.hexe.policy.api.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFactsTest {
  private static final Fact THERE = Fact.present("a.there", 4, "tried");
  private static final Fact GONE =
      Fact.missing("a.gone", "spawn: EPERM", MissingFeature.of("denied"));

  @Test
  void twoFactsOfOneNameAreAnError() {
    Fact again = Fact.missing("a.there", "x", MissingFeature.of("x"));
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> new HostFacts(List.of(THERE, GONE, again)));
    assertEquals("two facts are named `a.there`", thrown.getMessage());
  }

  @Test
  void whatNobodyReportedIsMissing() {
    HostFacts facts = new HostFacts(List.of(THERE));
    assertFalse(facts.has("a.unknown"));
    assertEquals(0, facts.value("a.unknown"));
    assertEquals("nothing here probes `a.unknown`", facts.get("a.unknown").lack().reason());
  }

  @Test
  void whatIsThereHasItsNumberAndLacksNothing() {
    HostFacts facts = new HostFacts(List.of(THERE, GONE));
    assertTrue(facts.has("a.there"));
    assertEquals(4, facts.value("a.there"));
    assertEquals(MissingFeature.NONE, facts.get("a.there").lack());
    assertFalse(facts.has("a.gone"));
    assertEquals(List.of(GONE, THERE), List.copyOf(facts.all()));
  }

  @Test
  void findingsTurnOutcomesIntoFacts() {
    MissingFeature lack = MissingFeature.of("denied");
    Findings findings =
        new Findings(
            Map.of("a.yes", Outcome.success(3), "a.no", Outcome.failure("spawn", "EPERM")),
            path -> Optional.empty());
    assertEquals(Fact.present("a.yes", 3, "tried"), findings.fact("a.yes", lack));
    assertEquals(Fact.missing("a.no", "spawn: EPERM", lack), findings.fact("a.no", lack));
    assertFalse(findings.fact("a.never-tried", lack).available());
  }

  @ParameterizedTest(name = "capabilities {0}: bounding set {1}")
  @CsvSource({"0, false", "256, true", "-1, true", "-257, false"}) // CAP_SETPCAP is 8
  void capabilitiesSayWhatTheCallerMayChange(long capabilities, boolean bounding) {
    Caller caller = new Caller(1, 1, Set.of(), capabilities);
    assertEquals(bounding, caller.maySetBoundingSet());
  }
}
