package dev.hexe.policy.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Remedy;
import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.text.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsJsonTest {
  private static final PlanCache NO_CACHE = new PlanCache(Optional.empty(), "nowhere to keep them");

  @TempDir Path directory;

  @Test
  void aHostSurvivesTheJourney() throws IOException {
    for (Host host : List.of(Fakes.RICH, Fakes.POOR)) {
      Host back = read(DoctorJson.of(new Diagnosis(host, List.of(), List.of()), NO_CACHE));
      assertEquals(host.kernel(), back.kernel());
      assertEquals(host.caller(), back.caller());
      assertEquals(facts(host), facts(back));
    }
  }

  @Test
  void theKindOfAFixSurvivesAndMayBeMissing() throws IOException {
    MissingFeature lack = new MissingFeature("off", "switch it on", Remedy.LANDLOCK_PARAMETER);
    Host host =
        new Host(
            "6.8.0",
            Fakes.USER,
            new HostFacts(List.of(Fact.missing("landlock.abi", "EOPNOTSUPP", lack))));
    String text = DoctorJson.of(new Diagnosis(host, List.of(), List.of()), NO_CACHE);
    assertEquals(lack, read(text).facts().get("landlock.abi").lack());
    String older = text.replaceFirst(",\\s*\"fixKind\": \"landlock-parameter\"", "");
    assertEquals(
        new MissingFeature("off", "switch it on"), read(older).facts().get("landlock.abi").lack());
    String newer = text.replace("landlock-parameter", "magic");
    assertEquals(Remedy.ADVICE, read(newer).facts().get("landlock.abi").lack().remedy());
  }

  @Test
  void theCacheIsToldWithItsPlansOrItsProblem() throws IOException {
    Diagnosis diagnosis = new Diagnosis(Fakes.RICH, List.of(), List.of());
    String none = DoctorJson.of(diagnosis, NO_CACHE);
    assertTrue(none.contains("\"problem\": \"nowhere to keep them\""), none);
    Files.createFile(directory.resolve("one.plan"));
    String kept = DoctorJson.of(diagnosis, new PlanCache(Optional.of(directory), ""));
    assertTrue(kept.contains("\"plans\": 1"), kept);
  }

  @Test
  void capabilitiesKeepAllTheirBits() throws IOException {
    Host host =
        new Host(
            "6.8.0",
            new dev.hexe.policy.api.host.Caller(0, 4294967294L, java.util.Set.of(), -1L),
            Fakes.RICH.facts());
    Host back = read(DoctorJson.of(new Diagnosis(host, List.of(), List.of()), NO_CACHE));
    assertEquals(host.caller(), back.caller());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | not the JSON of a host",
        "[] | not the JSON of a host",
        "{\"format\":1 | not the JSON of a host",
        "{} | `format` is not a whole number",
        "{\"format\":2} | `format` is not 1",
        "{\"format\":1} | `kernel` is not a string",
        "{\"format\":1,\"kernel\":\"6\",\"caller\":{}} | `caller.groups` is not an array",
      })
  void anythingElseIsRefused(String text, String message) {
    CommandException refused = assertThrows(CommandException.class, () -> read(text));
    assertTrue(String.valueOf(refused.getMessage()).endsWith(message), refused.getMessage());
  }

  @Test
  void aFactOfAnotherKindIsNamed() {
    String text =
        DoctorJson.of(new Diagnosis(Fakes.RICH, List.of(), List.of()), NO_CACHE)
            .replace("\"value\": 7", "\"value\": \"7\"");
    CommandException refused = assertThrows(CommandException.class, () -> read(text));
    assertTrue(
        String.valueOf(refused.getMessage()).endsWith("`facts[0].value` is not a whole number"),
        refused.getMessage());
  }

  private static List<Fact> facts(Host host) {
    return List.copyOf(host.facts().all());
  }

  private Host read(String text) throws IOException {
    return FactsFile.read(Files.writeString(directory.resolve("facts.json"), text).toString());
  }
}
