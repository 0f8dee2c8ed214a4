package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import dev.hexe.policy.engine.rules.PolicyException;
import dev.hexe.policy.engine.system.RecordingTree;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PolicyCompilerTest {
  private static final String ARCHITECTURE = PlanNotes.architecture().description();
  private static final Profile OFFLINE = ProfileBuilder.profile().noNetwork().build();
  private static final Mechanism NETWORK =
      Mechanism.named("net", Guarantee.NETWORK, Strength.FULL).rule("net").needs("n.net").build();
  private static final Mechanism TCP =
      Mechanism.named("tcp", Guarantee.NETWORK, Strength.PARTIAL)
          .rule("tcp")
          .needs("n.tcp")
          .caveat("UDP is left")
          .build();

  private static CompiledPolicy compile(
      Profile profile, List<String> facts, FakeBackend... backends) {
    return new PolicyCompiler(new Backends(List.of(backends)))
        .compile(new CompileRequest(profile, Hosts.USER, Hosts.with(facts.toArray(String[]::new))));
  }

  private static List<String> descriptions(CompiledPolicy policy) {
    return policy.plan().orElseThrow().actions().stream().map(Action::description).toList();
  }

  @Test
  void refusalGivesNoPlanAndCompilesNothing() {
    AtomicBoolean compiled = new AtomicBoolean();
    FakeBackend backend =
        new FakeBackend("a")
            .offering(NETWORK)
            .compiling(
                compilation -> {
                  compiled.set(true);
                  return Contribution.NONE;
                });
    CompiledPolicy policy = compile(OFFLINE, List.of(), backend);
    assertEquals(Optional.empty(), policy.plan());
    assertEquals(1, policy.decisions().refusals().size());
    assertEquals(List.of(), policy.warnings());
    assertEquals(false, compiled.get());
  }

  private static CompiledPolicy withProcesses(long most, Set<CloneFlag> namespaces) {
    Limits limits =
        new Limits(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(most),
            null,
            OptionalLong.empty(),
            "",
            OptionalLong.empty(),
            List.of(),
            OptionalLong.empty(),
            Limits.USUAL_GRACE);
    FakeBackend backend =
        new FakeBackend("a")
            .offering(
                Mechanism.named("count", Guarantee.PIDS, Strength.FULL)
                    .rule("count")
                    .needs("n.count")
                    .build())
            .compiling(compilation -> new Contribution(namespaces, List.of()));
    return compile(ProfileBuilder.profile().limits(limits).build(), List.of("n.count"), backend);
  }

  @Test
  void limitThatTheFirstProcessReachesIsRefused() {
    Set<CloneFlag> own = Set.of(CloneFlag.NEWPID);
    CannotCompileException refusal =
        assertThrows(CannotCompileException.class, () -> withProcesses(1, own));
    assertEquals(
        "a limit of `1` process leaves none for the command: the sandbox's first process counts, too",
        refusal.getMessage());
    assertEquals(true, withProcesses(2, own).plan().isPresent());
    assertEquals(true, withProcesses(1, Set.of()).plan().isPresent());
  }

  @Test
  void noBackendsNeverMeanThatThereIsNothingToEnforce() {
    assertEquals(Optional.empty(), compile(OFFLINE, List.of()).plan());
  }

  @Test
  void backendThatThrowsRefuses() {
    FakeBackend broken =
        new FakeBackend("broken")
            .offering(NETWORK)
            .compiling(
                compilation -> {
                  throw new IllegalStateException("boom");
                });
    PolicyException thrown =
        assertThrows(PolicyException.class, () -> compile(OFFLINE, List.of("n.net"), broken));
    assertEquals("the backend `broken` failed: boom", thrown.getMessage());
  }

  @Test
  void backendThatThrowsRefusesEvenWhereItIsNotUsed() {
    FakeBackend broken =
        new FakeBackend("broken")
            .compiling(
                compilation -> {
                  throw new IllegalStateException("boom");
                });
    assertThrows(
        PolicyException.class,
        () ->
            compile(OFFLINE, List.of("n.net"), new FakeBackend("good").offering(NETWORK), broken));
  }

  @Test
  void profileThatDoesNotFitThisMachineIsSaidInTheBackendsWords() {
    CannotCompileException reason = new CannotCompileException("`/x` does not exist", "create it");
    FakeBackend backend =
        new FakeBackend("a")
            .compiling(
                compilation -> {
                  throw reason;
                });
    Profile nothing = ProfileBuilder.profile().build();
    assertSame(
        reason,
        assertThrows(CannotCompileException.class, () -> compile(nothing, List.of(), backend)));
  }

  @Test
  void whatIsPreferredAndWeakerIsAWarningThatNamesWhatIsLeftOutAndWhy() {
    Profile preferring =
        ProfileBuilder.profile().noNetwork().demand(Guarantee.NETWORK, Demand.PREFERRED).build();
    CompiledPolicy policy =
        compile(preferring, List.of("n.tcp"), new FakeBackend("a").offering(NETWORK, TCP));
    String warning =
        "warning: network (no network but an own loopback) is only partial: UDP is left;"
            + " nothing here probes `n.net`";
    assertEquals(List.of(warning), policy.warnings());
    assertEquals(
        List.of(
            "profile: test",
            ARCHITECTURE,
            "network: tcp partial",
            "warn: " + warning,
            "close descriptors from 3"),
        descriptions(policy));
  }

  @Test
  void whatIsPreferredAndMissingIsAWarning() {
    Profile preferring =
        ProfileBuilder.profile().noNetwork().demand(Guarantee.NETWORK, Demand.PREFERRED).build();
    CompiledPolicy policy =
        compile(preferring, List.of(), new FakeBackend("a").offering(NETWORK, TCP));
    assertEquals(
        List.of(
            "warning: network (no network but an own loopback) is not enforced;"
                + " nothing here probes `n.net`"),
        policy.warnings());
    assertEquals(
        List.of("warning: network (no network but an own loopback) is not enforced"),
        compile(preferring, List.of()).warnings());
  }

  @Test
  void whatIsAsStrongAsAskedForIsNoWarning() {
    Profile partial =
        ProfileBuilder.profile()
            .noNetwork()
            .demand(Guarantee.NETWORK, new Demand(true, Strength.PARTIAL))
            .build();
    CompiledPolicy policy =
        compile(partial, List.of("n.tcp"), new FakeBackend("a").offering(NETWORK, TCP));
    assertEquals(List.of(), policy.warnings());
    assertEquals(true, policy.plan().isPresent());
  }

  @Test
  void actionsOfAllBackendsAreSortedByPhaseAndKeepTheirOrderWithinIt() {
    FakeBackend first =
        new FakeBackend("a")
            .compiling(
                RestrictionActions.landlockRestrict(),
                Mounts.mkdir("/b", 0755),
                Mounts.mkdir("/a", 0755));
    FakeBackend second =
        new FakeBackend("b")
            .compiling(
                compilation ->
                    new Contribution(
                        Set.of(CloneFlag.NEWNS, CloneFlag.NEWPID),
                        List.of(
                            EnvironmentActions.setenv("A", "B"),
                            Mounts.mkdir("/c", 0755),
                            Mounts.receiveOnly())));
    assertEquals(
        List.of(
            "profile: test",
            ARCHITECTURE,
            "start a child into new namespaces: mount, pid",
            "make every mount a slave of the host's",
            "make directory /b",
            "make directory /a",
            "make directory /c",
            "no program gains privileges",
            "set A",
            "close descriptors from 3",
            "put the Landlock ruleset in force",
            "stay as pid 1, run the command as its child"),
        descriptions(compile(ProfileBuilder.profile().build(), List.of(), second, first)));
  }

  @Test
  void backendsSeeWhatIsListedAndWhatIsMadeSortedByPath() {
    Profile profile =
        ProfileBuilder.profile().read("/usr", "/etc").write("/home").list("/").build();
    PathGrant tmp = new PathGrant("/tmp", Access.WRITE, false);
    FakeBackend backend =
        new FakeBackend("a")
            .offering(Mechanism.named("ro", Guarantee.READ_ONLY, Strength.FULL).rule("ro").build())
            .granting(tmp, tmp)
            .compiling(
                compilation ->
                    Contribution.of(
                        compilation.grants().stream()
                            .map(grant -> PlanNotes.note(grant.path(), grant.access().name()))
                            .toList()));
    CompiledPolicy policy = compile(profile, List.of(), backend);
    List<String> expected =
        List.of("/: LIST", "/etc: READ", "/home: WRITE", "/tmp: WRITE", "/usr: READ");
    assertEquals(
        expected,
        descriptions(policy).stream().filter(description -> description.startsWith("/")).toList());
    assertEquals(
        expected,
        policy.grants().stream().map(grant -> grant.path() + ": " + grant.access()).toList());
  }

  @Test
  void planDependsOnWhatBackendsLookedAt() {
    Action dependency = PlanNotes.depends("/looked", 0, 0, 0, 0, 0);
    RecordingTree tree =
        new RecordingTree() {
          private boolean looked;

          @Override
          public List<Action> dependencies() {
            return looked ? List.of(dependency) : List.of();
          }

          @Override
          public Entry look(String path) {
            looked = true;
            return new Entry(Kind.ABSENT, "");
          }
        };
    FakeBackend looking =
        new FakeBackend("a")
            .compiling(
                compilation -> {
                  compilation.tree().look("/looked");
                  return Contribution.NONE;
                });
    CompiledPolicy policy =
        new PolicyCompiler(new Backends(List.of(looking)), () -> tree)
            .compile(
                new CompileRequest(ProfileBuilder.profile().build(), Hosts.USER, Hosts.with()));
    assertEquals(
        List.of("profile: test", ARCHITECTURE, "depends on /looked", "close descriptors from 3"),
        descriptions(policy));
  }
}
