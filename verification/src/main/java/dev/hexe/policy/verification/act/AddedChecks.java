package dev.hexe.policy.verification.act;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.spi.GuaranteeCheck;
import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.engine.Providers;
import java.util.List;

/** The trials of guarantees that plug-ins add, as these describe them. */
public final class AddedChecks {
  private AddedChecks() {}

  public static List<Check> of(Guarantee guarantee, Profile profile) {
    CheckList trials = new CheckList(guarantee);
    GuaranteeProvider.installed().stream()
        .filter(provider -> provider.guarantee().equals(guarantee))
        .flatMap(provider -> Providers.ask(provider, it -> it.checks(profile)).stream())
        .forEach(
            check ->
                trials.add(expectation(check), Act.of(check.act(), check.arguments().toArray())));
    return trials.all();
  }

  private static Expectation expectation(GuaranteeCheck check) {
    return switch (check.expected()) {
      case ALLOWED -> Expectation.allowed();
      case DENIED -> Expectation.denied(check.detail().split(" "));
      case FOUND -> Expectation.value(check.detail());
    };
  }
}
