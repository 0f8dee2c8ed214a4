package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.JointProbe;
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

  private static final JointProbe BOTH =
      JointProbe.beginning(List.of(LANDLOCK))
          .answering("a.abi")
          .then(CLONE3)
          .answering("a.clone3")
          .build();

  private static FakeBackend asking(JointProbe probe) {
    return new FakeBackend("a")
        .probing("a.abi", LANDLOCK)
        .probing("a.clone3", CLONE3)
        .joining(probe);
  }

  @Test
  void onePlanAnswersSeveralQuestions() {
    List<List<Plan>> runs = new ArrayList<>();
    HostFacts facts =
        probe(
            plans -> {
              runs.add(plans);
              return List.of(Outcome.success(1).withParts(List.of(6L, 1L)));
            },
            asking(BOTH));
    assertEquals(List.of(List.of(new Plan(BOTH.actions()))), runs);
    assertEquals(
        List.of(Fact.present("a.abi", 6, "tried"), Fact.present("a.clone3", 1, "tried")),
        List.copyOf(facts.all()));
  }

  @Test
  void whatOnePlanLeavesOpenIsAskedAlone() {
    List<List<Plan>> runs = new ArrayList<>();
    HostFacts facts =
        probe(
            plans -> {
              runs.add(plans);
              return runs.size() == 1
                  ? List.of(Outcome.failure("clone3-query", "EPERM").withParts(List.of(6L)))
                  : List.of(Outcome.failure("clone3-query", "ENOSYS"));
            },
            asking(BOTH));
    assertEquals(
        List.of(List.of(new Plan(BOTH.actions())), List.of(new Plan(List.of(CLONE3)))), runs);
    assertEquals(
        List.of(
            Fact.present("a.abi", 6, "tried"),
            Fact.missing("a.clone3", "clone3-query: ENOSYS", MissingFeature.of("failed"))),
        List.copyOf(facts.all()));
  }

  @Test
  void aFactThatIsNotAskedAloneRefuses() {
    JointProbe more = JointProbe.beginning(List.of(LANDLOCK)).answering("a.abi", "b.other").build();
    PolicyException thrown =
        assertThrows(PolicyException.class, () -> probe(plans -> List.of(), asking(more)));
    assertEquals(
        "the backend `a` tries several facts at once, and not each alone", thrown.getMessage());
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
