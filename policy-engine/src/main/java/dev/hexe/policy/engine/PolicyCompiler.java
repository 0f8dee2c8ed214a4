package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.engine.rules.PolicyException;
import dev.hexe.policy.engine.site.SiteOutcome;
import dev.hexe.policy.engine.site.SiteRulebook;
import dev.hexe.policy.engine.site.StatusFacts;
import dev.hexe.policy.engine.system.LiveHostTree;
import dev.hexe.policy.engine.system.RecordingTree;
import dev.hexe.policy.engine.system.SystemLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Compiles a profile for a host: decide, gather the backends' actions, order them. */
public final class PolicyCompiler {
  private final Backends backends;
  private final RuleBook rules;
  private final Supplier<? extends RecordingTree> trees;

  /** A compiler that looks at the files of this machine. */
  public PolicyCompiler(Backends backends) {
    this(backends, LiveHostTree::new);
  }

  PolicyCompiler(Backends backends, Supplier<? extends RecordingTree> trees) {
    this.backends = backends;
    this.rules = new RuleBook(backends.mechanisms());
    this.trees = trees;
  }

  /** The decisions alone; they can be had for any host, from its facts. */
  public Decisions decide(CompileRequest request) {
    SiteOutcome site = site(request);
    return decide(request.with(site.profile()), site);
  }

  /**
   * What the rules of the site make of a request.
   *
   * @throws PolicyException where a rule fails
   */
  public SiteOutcome site(CompileRequest request) {
    return SiteRulebook.apply(
        request.site(),
        request.profile(),
        request.provenance(),
        request.facts(),
        backends.mechanisms());
  }

  private Decisions decide(CompileRequest request, SiteOutcome site) {
    RuleBook book =
        site.first().isEmpty() ? rules : new RuleBook(backends.mechanisms(), site.first());
    return book.decide(request.profile(), request.facts());
  }

  /**
   * The decisions and, where none refuses, the plan.
   *
   * @throws PolicyException where a rule or a backend fails
   * @throws dev.hexe.policy.api.problem.CannotCompileException where the profile does not fit this
   *     machine
   */
  public CompiledPolicy compile(CompileRequest asked) {
    return compile(asked, Extent.PLAN);
  }

  /**
   * The same for one who looks at a profile: where nothing would run, the paths that it lists are
   * looked at all the same.
   *
   * @throws PolicyException where a rule or a backend fails
   * @throws dev.hexe.policy.api.problem.CannotCompileException where the profile does not fit this
   *     machine, whatever else refuses it
   */
  public CompiledPolicy review(CompileRequest asked) {
    return compile(asked, Extent.REVIEW);
  }

  /**
   * The same without a plan: there is none of a profile that does not fit this machine.
   *
   * @throws PolicyException where a rule or a backend fails
   */
  public CompiledPolicy withoutPlan(CompileRequest asked) {
    return compile(asked, Extent.DECISIONS);
  }

  /** How far a compilation goes. */
  private enum Extent {
    /** To the decisions. */
    DECISIONS,
    /** To the plan, where nothing refuses. */
    PLAN,
    /** To the plan, or else to the paths that are listed. */
    REVIEW
  }

  private CompiledPolicy compile(CompileRequest asked, Extent extent) {
    RecordingTree tree = trees.get();
    SiteOutcome site = site(asked);
    SystemLinks.Followed system = SystemLinks.follow(site.profile(), tree);
    CompileRequest request = asked.with(system.profile());
    Decisions decisions = decide(request, site);
    List<PathGrant> grants = Grants.of(request.profile(), decisions, backends);
    List<String> warnings =
        Stream.of(
                asked.provenance().remarks().stream().map(remark -> "warning: " + remark),
                UnwritableTrees.warnings(request.profile()).stream(),
                Warnings.of(decisions).stream(),
                site.warnings().stream().map(warning -> "warning: " + warning),
                system.targets().warnings().stream())
            .flatMap(lines -> lines)
            .toList();
    boolean refused = !decisions.refusals().isEmpty() || !site.refusals().isEmpty();
    if (refused && extent == Extent.REVIEW) {
      refuseMissing(request, tree);
    }
    Optional<Plan> plan =
        extent == Extent.DECISIONS || refused
            ? Optional.empty()
            : Optional.of(plan(request, tree, decisions, grants, warnings, site));
    return new CompiledPolicy(
        request.profile(), system.targets(), decisions, grants, warnings, site, plan);
  }

  /** Without a plan no backend is asked; the lists need none to be looked at. */
  private static void refuseMissing(CompileRequest request, RecordingTree tree) {
    Misfits misfits = new Misfits(request.provenance());
    misfits.addAll(MissingPaths.of(request.profile(), tree));
    misfits.collect(() -> PlantedLinks.refuse(request.profile().files(), tree));
    misfits.throwIfAny();
  }

  private Plan plan(
      CompileRequest request,
      RecordingTree tree,
      Decisions decisions,
      List<PathGrant> grants,
      List<String> warnings,
      SiteOutcome site) {
    PlantedLinks.refuse(request.profile().files(), tree);
    Compilation compilation =
        new Compilation(
            request.profile(), request.caller(), request.facts(), decisions, grants, tree);
    List<Contribution> contributions = new ArrayList<>();
    contributions.add(
        Contribution.of(StatusFacts.addTo(request.reports(), request.profile(), decisions)));
    contributions.add(Contribution.of(EnvironmentPlan.of(request.profile().environment())));
    contributions.add(Contribution.of(StartupActions.of(request.profile())));
    Misfits misfits = new Misfits(request.provenance());
    misfits.addAll(MissingPaths.of(request.profile(), tree));
    for (IsolationBackend backend : backends.all()) {
      misfits.collect(
          () -> contributions.add(Backends.ask(backend, it -> it.compile(compilation))));
    }
    misfits.throwIfAny();
    contributions.add(Contribution.of(EnvironmentPlan.mending(request.profile())));
    contributions.add(Contribution.of(StartupActions.last(request.profile().startup())));
    List<Action> shape = ProcessShape.of(contributions, request.profile().startup().firstProcess());
    FewProcesses.refuse(request, decisions, shape);
    return Plan.inPhases(
        Stream.of(
                PlanNoteWriter.of(request.profile(), decisions, warnings),
                site.notes(),
                tree.dependencies(),
                shape)
            .flatMap(List::stream));
  }
}
