package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Meeting;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import java.util.List;
import java.util.Map;

/**
 * Decides which wish holds where one removes a variable of the environment and another one sets or
 * keeps it: the later one. A pattern that is said together with a name leaves that name alone.
 */
public final class VariablePrecedence {
  private final Settings settings;

  private VariablePrecedence(Settings settings) {
    this.settings = settings;
  }

  /**
   * Takes away whatever does not hold.
   *
   * @throws dev.hexe.policy.profiles.yaml.ProfileException where two wishes that were said together
   *     contradict each other
   */
  public static void settle(Settings settings) {
    VariablePrecedence precedence = new VariablePrecedence(settings);
    for (Said<String> unset : settings.items(Keys.UNSET_VARIABLES)) {
      precedence.setVariables(unset);
      precedence.keptVariables(unset);
    }
  }

  private void setVariables(Said<String> unset) {
    for (Said<Object> set : settings.all(Keys.SET_VARIABLES)) {
      String name = String.valueOf(((Map.Entry<?, ?>) set.value()).getKey());
      boolean same = unset.value().equals(name);
      Meeting meeting = new Meeting(Keys.UNSET_VARIABLES, unset, Keys.SET_VARIABLES, set, same);
      if (same) {
        meeting.refuseContradiction();
      }
      if (Environment.matches(List.of(unset.value()), name) && !meeting.looserHolds()) {
        settings.overrule(Keys.SET_VARIABLES, set, Keys.UNSET_VARIABLES, unset);
      }
    }
  }

  private void keptVariables(Said<String> unset) {
    for (Said<String> kept : settings.items(Keys.KEEP_VARIABLES)) {
      if (kept.value().equals(unset.value())) {
        decide(new Meeting(Keys.UNSET_VARIABLES, unset, Keys.KEEP_VARIABLES, kept, true));
      }
    }
  }

  private void decide(Meeting it) {
    it.refuseContradiction();
    if (it.looserHolds()) {
      settings.overrule(it.strictKey(), it.strict(), it.looseKey(), it.loose());
    } else {
      settings.overrule(it.looseKey(), it.loose(), it.strictKey(), it.strict());
    }
  }
}
