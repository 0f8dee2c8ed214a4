package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.context.Switch;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.network.NetworkSets;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.setting.LimitSettings;
import dev.hexe.policy.profiles.setting.SettingOption;
import dev.hexe.policy.profiles.setting.StartSettings;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts the environment's wishes on top of a profile, and those of the command line on top of both.
 */
public final class Overriding {
  private static final String OWN_USER_NAMESPACE = "HEXE_POD_ISOLATE_USERNS";

  private final ProfileContext context;
  private final Settings settings;
  private final PathExpander expander;
  private final NetworkSets sets;

  public Overriding(ProfileContext context, Settings settings, NetworkSets sets) {
    this.context = context;
    this.settings = settings;
    this.expander = new PathExpander(context, context.cwd().toString());
    this.sets = sets;
  }

  /**
   * Applies everything; {@code isolated} says whether the profile is the shipped one of that name.
   */
  public void apply(Overrides overrides, boolean isolated) {
    Contradictions.refuse(overrides);
    say(LimitSettings.OPTIONS, overrides);
    if (Switch.isOn(context.environment(), OWN_USER_NAMESPACE) && isolated) {
      ownUserNamespace();
    }
    say(ListedPathOptions.ALL, overrides);
    say(ProtectedPathOptions.ALL, overrides);
    say(EnvironmentOptions.APPLIED, overrides);
    say(StartSettings.applied(), overrides);
    new NetworkOverriding(settings, sets).apply(overrides.network());
    say(MountEntryOptions.ALL, overrides);
    refuseRootAmongOthers();
    refuseNestingWithoutNamespaces();
  }

  private void refuseNestingWithoutNamespaces() {
    if (settings.get(Keys.NESTING) && settings.get(Keys.NO_USER_NAMESPACES)) {
      throw new ProfileException(
          "`privileges.nesting` is `allowed`, but `privileges.user-namespaces` is `none`, and no sandbox starts without one",
          "say `user-namespaces: allowed` as well, or give the option `--nesting`, which says both");
    }
  }

  /** What a variable of the environment says in vain. */
  public static Optional<String> remark(ProfileContext context, boolean isolated) {
    return Switch.isOn(context.environment(), OWN_USER_NAMESPACE) && !isolated
        ? Optional.of(
            Quotes.quote(OWN_USER_NAMESPACE) + " has no effect: it is for the profile `isolated`")
        : Optional.empty();
  }

  private void refuseRootAmongOthers() {
    if (!settings.get(Keys.ROOT).isEmpty() && settings.get(Keys.UNLISTED) != Unlisted.ABSENT) {
      throw new ProfileException(
          "a root of its own has nothing of the host's beside it, but `files.unlisted` is not `absent`",
          "say `unlisted: absent` with `root`");
    }
  }

  private void say(List<SettingOption> options, Overrides overrides) {
    SettingOption.apply(options, context, overrides.options(), expander, settings);
  }

  private void ownUserNamespace() {
    Origin origin = new Origin.Variable(OWN_USER_NAMESPACE);
    settings.put(Keys.IDENTITY, new Said<>(Identity.SELF, "self", origin));
    settings.put(Keys.PRIVATE_MOUNTS, new Said<>(true, "private", origin));
    for (Guarantee guarantee : List.of(Guarantee.IDENTITY, Guarantee.MOUNTS)) {
      settings.enter(
          Keys.DEMAND,
          new Said<>(Map.entry(guarantee.id(), Demand.PREFERRED), "preferred", origin));
    }
  }

  /** Whether a path was relative to the working directory. */
  public boolean usedWorkingDirectory() {
    return expander.usedBase();
  }

  static <T> T parse(String origin, Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (ProfileException e) {
      throw new ProfileException(Quotes.quote(origin) + ": " + e.getMessage(), e.help());
    }
  }
}
