package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.host.Remedy;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.SystemCalls;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Filters on system calls, see {@code seccomp(2)}: one filter for all that was chosen, or one for
 * each where only those are at hand.
 */
public final class SeccompBackend implements IsolationBackend {
  static final String SECCOMP = "seccomp";
  static final String FILTER = "seccomp.filter";
  static final String LIBRARY = "seccomp.library";

  /** Whose files a command makes: 1 for root's, else 0. */
  static final String OWNER = "seccomp.owner";

  static final MissingFeature NO_LIBRARY =
      new MissingFeature(
          "libseccomp is not installed, which other filters than those of the shipped profiles take",
          "install the package `libseccomp2` (`libseccomp` on Fedora, Arch and Alpine)",
          Remedy.LIBSECCOMP_PACKAGE);

  /** The value of the fact where there are the shipped filters and no libseccomp. */
  static final long SHIPPED_ALONE = 1;

  /** The effective user id, the second of four. */
  private static final Pattern OF_ROOT = Pattern.compile("(?m)^Uid:\\t[0-9]+\\t0\\t");

  /** {@code BPF_RET | BPF_K} with {@code SECCOMP_RET_ALLOW}: a filter that filters nothing. */
  private static final byte[] ALLOW_ALL = {6, 0, 0, 0, 0, 0, (byte) 0xff, 0x7f};

  @Override
  public String id() {
    return "seccomp";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return List.of(
        Probe.trying(
            FILTER,
            RestrictionActions.noNewPrivileges(),
            RestrictionActions.seccompFilter(ALLOW_ALL, 0, "install a filter")));
  }

  @Override
  public List<Fact> facts(Findings findings) {
    return List.of(
        findings.fact(
            FILTER,
            new MissingFeature(
                "filters on system calls cannot be installed (" + findings.of(FILTER).errno() + ")",
                "use a kernel built with CONFIG_SECCOMP_FILTER, and allow seccomp in the surrounding container")),
        filters(),
        owner(findings.reader()));
  }

  private static Fact owner(HostReader reader) {
    return reader.read("/proc/self/status").filter(OF_ROOT.asPredicate()).isPresent()
        ? Fact.present(OWNER, 1, "files that are made belong to root")
        : Fact.present(OWNER, 0, "files that are made belong to an ordinary user");
  }

  /** Where filters come from. Without libseccomp those that were shipped may do. */
  private static Fact filters() {
    Optional<String> library = LibSeccompFinder.find();
    if (library.isPresent()) {
      return Fact.present(LIBRARY, 0, library.get());
    }
    return SeccompMechanism.areShipped(FilterStore.shipped())
        ? Fact.present(LIBRARY, SHIPPED_ALONE, "the shipped filters; libseccomp.so.2: not found")
        : Fact.missing(LIBRARY, "libseccomp.so.2: not found", NO_LIBRARY);
  }

  @Override
  public List<Mechanism> mechanisms() {
    return Arrays.stream(SeccompMechanism.values()).map(SeccompMechanism::mechanism).toList();
  }

  @Override
  public Contribution compile(Compilation compilation) {
    List<SeccompMechanism> used = used(compilation.decisions());
    if (used.isEmpty()) {
      return Contribution.NONE;
    }
    FilterStore store = FilterStore.installed(LibSeccompFinder::find);
    store.prepare(SeccompMechanism.fixedDenials());
    List<Action> actions = new ArrayList<>(ofMechanisms(store, used, compilation.profile()));
    SystemCalls calls = compilation.profile().privileges().systemCalls();
    if (used.contains(SeccompMechanism.SYSCALLS) && calls.isSaid()) {
      actions.addAll(ofProfile(calls));
    }
    return Contribution.of(actions);
  }

  private static List<Action> ofMechanisms(
      FilterStore store, List<SeccompMechanism> used, Profile profile) {
    List<List<SystemCallRule>> denials = denials(used, profile);
    return denials.stream().allMatch(List::isEmpty)
        ? List.of()
        : store.of(denials).stream().map(SeccompBackend::action).toList();
  }

  private static List<Action> ofProfile(SystemCalls calls) {
    List<Action> actions = new ArrayList<>();
    calls.filters().forEach(file -> actions.add(RestrictionActions.filterFile(file.path())));
    calls.descriptors().forEach(number -> actions.add(RestrictionActions.filterDescriptor(number)));
    if (calls.isListed()) {
      actions.addAll(new CallLists(calls).actions());
    }
    if (calls.isForeign()) {
      actions.add(RestrictionActions.installFilters());
    }
    return actions;
  }

  private static List<List<SystemCallRule>> denials(List<SeccompMechanism> used, Profile profile) {
    return used.stream().map(mechanism -> mechanism.denials(profile)).toList();
  }

  private static Action action(FilterStore.Filter filter) {
    String calls =
        filter.rules().stream()
            .map(SystemCallRule::call)
            .distinct()
            .collect(Collectors.joining(", "));
    return RestrictionActions.seccompFilter(filter.program(), 0, "filter system calls: " + calls);
  }

  private static List<SeccompMechanism> used(Decisions decisions) {
    return Arrays.stream(SeccompMechanism.values())
        .filter(mechanism -> decisions.uses(mechanism.guarantee(), mechanism.id()))
        .toList();
  }
}
