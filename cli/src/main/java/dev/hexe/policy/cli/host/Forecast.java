package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prospects of a profile on a host.
 *
 * @param profile its name
 * @param verdict what would become of it
 * @param weakest the guarantee that costs most; empty where everything is enforced in full
 * @param problem why the profile cannot be read; else empty
 */
public record Forecast(
    String profile, Verdict verdict, Optional<Decision> weakest, String problem) {
  /** The outlooks of the profiles that are shipped; they are read while the host is tried. */
  public static List<Forecast> ofBuiltIns(ProfileContext context, BackgroundProbe probe) {
    Map<String, Profile> profiles = new HashMap<>();
    Map<String, String> problems = new HashMap<>();
    for (String name : Profiles.builtInNames()) {
      try {
        profiles.put(name, new Profiles(context).load(name));
      } catch (ProfileException e) {
        problems.put(name, String.valueOf(e.getMessage()));
      }
    }
    PolicyCompiler compiler = new PolicyCompiler(probe.backends());
    return Profiles.builtInNames().stream()
        .map(
            name ->
                Optional.ofNullable(profiles.get(name))
                    .map(profile -> of(name, profile, compiler, probe.host()))
                    .orElseGet(() -> unusable(name, problems.getOrDefault(name, ""))))
        .toList();
  }

  private static Forecast of(String name, Profile profile, PolicyCompiler compiler, Host host) {
    Decisions decisions = compiler.decide(new CompileRequest(profile, host.caller(), host.facts()));
    return new Forecast(name, Verdict.of(decisions), Verdict.weakest(decisions), "");
  }

  private static Forecast unusable(String name, String problem) {
    return new Forecast(name, Verdict.REFUSED, Optional.empty(), problem);
  }
}
