package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.cli.host.BackgroundProbe;
import dev.hexe.policy.cli.host.FactsFile;
import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.cli.host.Installation;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.plan.Sources;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.CompiledPolicy;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.engine.site.SiteOutcome;
import dev.hexe.policy.engine.system.SystemTargets;
import dev.hexe.policy.exposure.Examination;
import dev.hexe.policy.exposure.LiveContext;
import dev.hexe.policy.exposure.LiveHost;
import dev.hexe.policy.exposure.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Explains profiles, for this host or for another one. */
public final class Explainer {
  private static final String GROUPS = "process.groups";

  private final Invocation invocation;
  private final Optional<Host> elsewhere;
  private final LiveContext place;
  private @Nullable BackgroundProbe probe;

  /** Explains for the host that {@code facts} describes, or else for this one, tried once. */
  public Explainer(Invocation invocation, Optional<String> facts) {
    this.invocation = invocation;
    elsewhere = facts.map(FactsFile::read);
    place = place();
  }

  /**
   * The fate of what was selected.
   *
   * @throws CannotCompileException where the profile does not fit this machine
   */
  public Explanation explain(Selection selection) {
    return explain(selection, load(selection), PolicyCompiler::compile);
  }

  /**
   * The same without a plan, for a profile that does not fit; why, is told with its places, also
   * where this host refuses the profile for another reason.
   */
  public Explanation explain(
      Selection selection, BiConsumer<CannotCompileException, Provenance> misfits) {
    Selection.Loaded loaded = load(selection);
    try {
      return explain(selection, loaded, PolicyCompiler::review);
    } catch (CannotCompileException e) {
      misfits.accept(e, loaded.provenance());
      return explain(selection, loaded, PolicyCompiler::withoutPlan);
    }
  }

  private Explanation explain(
      Selection selection,
      Selection.Loaded loaded,
      BiFunction<PolicyCompiler, CompileRequest, CompiledPolicy> compilation) {
    PolicyCompiler compiler = new PolicyCompiler(selection.among(backends()));
    Host host = host();
    CompileRequest request =
        new CompileRequest(
            loaded.profile(),
            host.caller(),
            host.facts(),
            List.of(),
            loaded.provenance(),
            loaded.site());
    return elsewhere.isEmpty()
        ? here(compilation.apply(compiler, request), loaded, selection)
        : there(compiler.decide(request), compiler.site(request), loaded, selection);
  }

  /** Reads the profile, while this host is tried. */
  private Selection.Loaded load(Selection selection) {
    if (elsewhere.isEmpty() && probe == null) {
      probe = BackgroundProbe.start(invocation);
    }
    try {
      return selection.load(invocation);
    } catch (RuntimeException e) {
      Optional.ofNullable(probe).ifPresent(BackgroundProbe::close);
      throw e;
    }
  }

  private Backends backends() {
    return probe == null ? Installation.backends() : probe.backends();
  }

  private Host host() {
    return elsewhere.orElseGet(() -> Objects.requireNonNull(probe).host());
  }

  private Explanation here(CompiledPolicy policy, Selection.Loaded loaded, Selection selection) {
    Host host = host();
    Subject subject =
        new Subject(
            policy.profile(),
            policy.decisions(),
            policy.grants(),
            host.caller(),
            host.facts(),
            policy.plan().map(Explainer::dropsGroups).orElseGet(this::mayDropGroups));
    return new Explanation(
        policy.profile(),
        loaded.provenance(),
        host,
        policy.decisions(),
        policy.plan().map(made -> Sources.addTo(made, loaded.consulted())),
        true,
        selection.design(),
        new Once<>(() -> Examination.of(subject, place)),
        policy.system(),
        policy.grants(),
        StartDirectory.refusal(policy, invocation.profileContext().cwd()),
        policy.site());
  }

  private Explanation there(
      Decisions decisions, SiteOutcome site, Selection.Loaded loaded, Selection selection) {
    Host host = host();
    Subject subject =
        new Subject(
            site.profile(), decisions, List.of(), host.caller(), host.facts(), mayDropGroups());
    return new Explanation(
        site.profile(),
        loaded.provenance(),
        host,
        decisions,
        Optional.empty(),
        false,
        selection.design(),
        new Once<>(() -> Examination.of(subject)),
        SystemTargets.NONE,
        List.of(),
        Optional.empty(),
        site);
  }

  /** The profile as it is enforced here, to ask about single paths. */
  public EffectivePolicy policy(Explanation explanation) {
    return new EffectivePolicy(
        explanation.profile(),
        explanation.provenance(),
        explanation.decisions(),
        explanation.grants(),
        explanation.system(),
        place.view(),
        place.cwd());
  }

  private boolean mayDropGroups() {
    return host().facts().has(GROUPS);
  }

  private static boolean dropsGroups(Plan plan) {
    return plan.actions().stream().anyMatch(action -> action.opcode() == Opcode.CLEAR_GROUPS);
  }

  // Each file is read once, so that profiles are compared on one and the same host.
  private LiveContext place() {
    Map<String, Optional<String>> seen = new HashMap<>();
    return new LiveContext(
        new LiveHost(path -> seen.computeIfAbsent(path, invocation.reader()::read)),
        invocation.profileContext().home().normalize().toString(),
        invocation.profileContext().cwd().toString(),
        invocation.environment(),
        program());
  }

  /** The launcher, the libraries beside it and the JVM. */
  private List<String> program() {
    List<String> program = new ArrayList<>();
    Optional.ofNullable(invocation.property().of("hexe.launcher"))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .ifPresent(
            launcher -> {
              program.add(launcher.toString());
              program.add(launcher.resolveSibling("../lib").normalize().toString());
            });
    Optional.ofNullable(invocation.property().of("java.home")).ifPresent(program::add);
    return program;
  }
}
