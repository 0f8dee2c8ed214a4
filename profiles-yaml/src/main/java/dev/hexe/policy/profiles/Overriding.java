package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.PathRule;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts the environment's wishes on top of a profile, and those of the command line on top of both.
 */
final class Overriding {
  private static final String OWN_USER_NAMESPACE = "HEXE_POD_ISOLATE_USERNS";

  private final ProfileContext context;
  private final Settings settings;
  private final PathExpander expander;

  Overriding(ProfileContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
    this.expander = new PathExpander(context, context.cwd().toString());
  }

  /**
   * Applies everything; {@code isolated} says whether the profile is the shipped one of that name.
   */
  void apply(Overrides overrides, boolean isolated) {
    limit(Keys.MEMORY, LimitFormats::memory, "HEXE_CGROUP_MEM_MAX", overrides.memory());
    limit(Keys.PIDS, LimitFormats::pids, "HEXE_CGROUP_PIDS_MAX", overrides.pids());
    limit(Keys.CPU, LimitFormats::cpu, "HEXE_CGROUP_CPU_MAX", overrides.cpu());
    overrides
        .time()
        .ifPresent(text -> settings.put(Keys.TIME, parse("--time", TimeFormat::limit, text)));
    if (Switch.isOn(context.environment(), OWN_USER_NAMESPACE) && isolated) {
      ownUserNamespace();
    }
    settings.add(Keys.READ, paths("--read", overrides.read()));
    settings.add(Keys.WRITE, paths("--write", overrides.write()));
    new SafeguardOverriding(settings, expander).apply(overrides.safeguards());
    new StartOverriding(settings, expander).apply(overrides.start());
    FixtureOptions.apply(overrides.fixtures(), expander, settings);
    refuseRootAmongOthers();
  }

  private void refuseRootAmongOthers() {
    if (!settings.get(Keys.ROOT).isEmpty() && settings.get(Keys.UNLISTED) != Unlisted.ABSENT) {
      throw new ProfileException(
          "a root of its own has nothing of the host's beside it, but `files.unlisted` is not `absent`",
          "say `unlisted: absent` with `root`");
    }
  }

  private <T> void limit(
      Key<T> key, Function<String, T> parser, String variable, Optional<String> option) {
    String optionName = "--" + key.path().substring("limits.".length());
    context.variable(variable).ifPresent(text -> settings.put(key, parse(variable, parser, text)));
    option.ifPresent(text -> settings.put(key, parse(optionName, parser, text)));
  }

  private void ownUserNamespace() {
    settings.put(Keys.IDENTITY, Identity.SELF);
    settings.put(Keys.PRIVATE_MOUNTS, true);
    settings.add(
        Keys.DEMAND,
        Map.of(Guarantee.IDENTITY.id(), Demand.PREFERRED, Guarantee.MOUNTS.id(), Demand.PREFERRED));
  }

  /** Whether a path was relative to the working directory. */
  boolean usedWorkingDirectory() {
    return expander.usedBase();
  }

  private List<PathRule> paths(String option, List<String> paths) {
    return paths.stream().map(text -> parse(option, this::path, text)).toList();
  }

  private PathRule path(String text) {
    PathRule rule = expander.expand(text, false);
    if (!rule.path().equals(PathRule.CWD) && !exists(rule.path())) {
      throw new ProfileException("path " + Quotes.quote(text) + " does not exist", "");
    }
    return rule;
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  static <T> T parse(String origin, Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (ProfileException e) {
      throw new ProfileException(Quotes.quote(origin) + ": " + e.getMessage(), e.help());
    }
  }
}
