package dev.hexe.policy.cli.learn;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.network.NetworkAccess.Mode;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.explain.Explainer;
import dev.hexe.policy.cli.explain.Explanation;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.host.PlanCache;
import dev.hexe.policy.cli.log.GatewayLog;
import dev.hexe.policy.cli.log.NetworkRecord;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.SelectionOptions;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ErrorMessage;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.cli.why.ObservedCommand;
import dev.hexe.policy.cli.why.ObservedRun;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** This program and this host, for learning. */
public final class LearnWorld implements World, AutoCloseable {
  private final Invocation invocation;
  private final Output output;
  private final Explainer explainer;
  private final Map<String, Explanation> bases = new HashMap<>();
  private final ObservedCommand command;
  private final Optional<Path> kept;

  public LearnWorld(Invocation invocation, Output output, List<String> command, boolean quiet) {
    this.invocation = invocation;
    this.output = output;
    explainer = new Explainer(invocation, Optional.empty());
    Optional<Path> kept = PlanCache.of(invocation).directory();
    this.kept = kept;
    this.command = new ObservedCommand(invocation, kept, command, quiet);
  }

  /** A profile that has mistakes, or that the site forbids, is told before anything is written. */
  public void requireProfile(String profile) {
    Optional<String> objection = refusal(base(profile));
    if (objection.isPresent()) {
      throw new CommandException(
          Printable.quote(profile) + " cannot be started from: " + objection.get(), "");
    }
  }

  public Mode network(String profile) {
    return base(profile).profile().separation().network().mode();
  }

  /** Whether names can be had instead of addresses. */
  public boolean hasGateway(Path profile) {
    return kept.isPresent()
        && explain(profile.toString(), Destinations.wide())
            .decisions()
            .of(Guarantee.DESTINATIONS)
            .filter(it -> !it.refuses())
            .flatMap(Decision::chosen)
            .filter(it -> it.has(Effect.OWN_NAMES))
            .isPresent();
  }

  private Explanation base(String profile) {
    return bases.computeIfAbsent(profile, name -> explain(name, List.of()));
  }

  private Explanation explain(String profile, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of(profile));
    arguments.addAll(options);
    return explainer.explain(
        SelectionOptions.read(
            Arguments.parse(
                SelectionOptions.addTo(Options.command("learn", "learn", "")), arguments)));
  }

  @Override
  public EffectivePolicy policy(Path profile, List<String> options) {
    return explainer.policy(explain(profile.toString(), options));
  }

  @Override
  public Optional<String> objection(Path profile) {
    try {
      return refusal(explain(profile.toString(), List.of()));
    } catch (RuntimeException e) {
      return Optional.of(
          ErrorMessage.message(e)
              .replace(profile.toString(), "the profile")
              .lines()
              .findFirst()
              .orElse(""));
    }
  }

  private static Optional<String> refusal(Explanation explanation) {
    return Stream.of(
            explanation.site().refusals().stream().map(it -> "this site forbids it: " + it),
            explanation.decisions().refusals().stream()
                .map(it -> "this host cannot enforce `" + it.guarantee().id() + "` then"),
            explanation.outside().stream())
        .flatMap(it -> it)
        .findFirst();
  }

  /** What is not granted under a policy: what the shipped lists keep, and what the profile does. */
  public Grantable grantable(EffectivePolicy policy) {
    Profile profile = policy.profile();
    ProfileContext context = invocation.profileContext();
    ShippedProtectedPaths shipped = ShippedProtectedPaths.read();
    return new Grantable(
        profile.home(),
        policy.cwd(),
        joined(
            List.of(
                profile.hiddenPaths(),
                safeguards(shipped.hide(), context),
                profile.nextRun().hiddenPaths())),
        joined(List.of(profile.protectedPaths(), safeguards(shipped.protect(), context))),
        profile.nextRun().protectedPaths());
  }

  private static List<ProtectedPath> safeguards(
      List<ShippedProtectedPaths.Group> groups, ProfileContext context) {
    Function<ShippedProtectedPaths.Group, Stream<String>> paths =
        ShippedProtectedPaths.paths(context);
    return groups.stream()
        .flatMap(it -> paths.apply(it).map(path -> new ProtectedPath(path, it.because(), true)))
        .toList();
  }

  private static List<ProtectedPath> joined(List<List<ProtectedPath>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  @Override
  public Run run(Path profile, List<String> options) {
    return run(profile.toString(), "--why-notes=", options);
  }

  @Override
  public Run trace(String profile, List<String> options) {
    return run(profile, "--why-uses=", options);
  }

  private Run run(String profile, String notes, List<String> options) {
    try {
      int status = command.run(profile, notes, options);
      Optional<ObservedRun> seen = command.seen();
      List<NetworkRecord> network =
          seen.isEmpty() || kept.isEmpty()
              ? List.of()
              : GatewayLog.of(kept.get(), seen.get().launcher(), seen.get().since());
      return new Run(
          status,
          seen.isPresent(),
          seen.filter(it -> !it.watched()).map(LearnWorld::problem).orElse(""),
          seen.map(ObservedRun::observed).orElse(List.of()),
          network);
    } catch (IOException e) {
      throw new CommandException(
          "cannot read what was asked of the network: " + e.getMessage(), "");
    }
  }

  private static String problem(ObservedRun run) {
    return run.problem().isEmpty() ? "it could not be traced" : "ptrace: " + run.problem();
  }

  @Override
  public void say(String line) {
    output.complain("hexe-policy: " + Printable.text(line));
    output.end(ExitStatus.DONE);
  }

  @Override
  public boolean isWantedAgain(int grants) {
    return Output.terminal()
        .map(
            console ->
                console.readLine(
                    "%s",
                    "run the command again, with the "
                        + Words.count(grants, "entry").replace("entrys", "entries")
                        + " that were added? [y/N] "))
        .filter(answer -> answer.strip().matches("[yY]|[yY][eE][sS]"))
        .isPresent();
  }

  @Override
  public void close() throws IOException {
    command.close();
  }
}
