package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.profiles.ProfileContext;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.List;
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
  /** The outlooks of the profiles that are shipped. */
  public static List<Forecast> ofBuiltIns(ProfileContext context, Backends backends, Host host) {
    PolicyCompiler compiler = new PolicyCompiler(backends);
    return Profiles.builtInNames().stream().map(name -> of(name, context, compiler, host)).toList();
  }

  private static Forecast of(
      String name, ProfileContext context, PolicyCompiler compiler, Host host) {
    try {
      Profile profile = new Profiles(context).load(name);
      Decisions decisions =
          compiler.decide(new CompileRequest(profile, host.caller(), host.facts()));
      return new Forecast(name, Verdict.of(decisions), Verdict.weakest(decisions), "");
    } catch (ProfileException e) {
      return new Forecast(name, Verdict.REFUSED, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }
}
