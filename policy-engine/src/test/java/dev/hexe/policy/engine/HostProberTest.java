package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostProberTest {
  private static final Action LANDLOCK = RestrictionActions.landlockQuery(1);
  private static final Action CLONE3 = Processes.clone3Query();

  private static HostFacts probe(ProbeRunner runner, FakeBackend... backends) {
    return new HostProber(new Backends(List.of(backends)), runner, path -> Optional.empty())
        .probe(Hosts.USER);
  }

  @Test
  void allProbesRunInOneGoAndEachFactGetsItsOwnOutcome() {
    List<List<Plan>> runs = new ArrayList<>();
    HostFacts facts =
        probe(
            plans -> {
              runs.add(plans);
              return List.of(Outcome.success(6), Outcome.failure("clone3-query", "ENOSYS"));
            },
            new FakeBackend("b").probing("b.clone3", CLONE3),
            new FakeBackend("a").probing("a.abi", LANDLOCK));
    assertEquals(List.of(List.of(new Plan(List.of(LANDLOCK)), new Plan(List.of(CLONE3)))), runs);
    assertEquals(
        List.of(
            Fact.present("a.abi", 6, "tried"),
            Fact.missing("b.clone3", "clone3-query: ENOSYS", MissingFeature.of("failed"))),
        List.copyOf(facts.all()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void wrongNumberOfAnswersRefuses(int answers) {
    PolicyException thrown =
        assertThrows(
            PolicyException.class,
            () ->
                probe(
                    plans -> Collections.nCopies(answers, Outcome.success(0)),
                    new FakeBackend("a").probing("a.a", LANDLOCK),
                    new FakeBackend("b").probing("b.b", CLONE3)));
    assertEquals("the launcher answered " + answers + " of 2 probes", thrown.getMessage());
  }

  @Test
  void twoProbesForOneFactRefuse() {
    PolicyException thrown =
        assertThrows(
            PolicyException.class,
            () ->
                probe(
                    plans -> List.of(Outcome.success(0), Outcome.success(0)),
                    new FakeBackend("a").probing("a.a", LANDLOCK),
                    new FakeBackend("b").probing("a.a", CLONE3)));
    assertEquals("two probes establish `a.a`", thrown.getMessage());
  }

  @Test
  void backendThatCannotSayWhatToTryRefuses() {
    FakeBackend broken =
        new FakeBackend("broken") {
          @Override
          public List<Probe> probes(Caller caller, HostReader reader) {
            throw new IllegalStateException("boom");
          }
        };
    PolicyException thrown =
        assertThrows(PolicyException.class, () -> probe(plans -> List.of(), broken));
    assertEquals("the backend `broken` failed: boom", thrown.getMessage());
  }
}
