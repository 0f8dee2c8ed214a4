package dev.hexe.policy.profiles.library;

import dev.hexe.policy.profiles.context.StandardInput;
import dev.hexe.policy.profiles.context.Switch;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The choice of the profile: an argument beats the environment, the environment beats the default.
 */
public final class ProfileSelection {
  private static final String PROFILE = "HEXE_VOIDBOX_PROFILE";
  private static final String ISOLATE = "HEXE_POD_ISOLATE";

  private ProfileSelection() {}

  /**
   * A wish for a profile.
   *
   * @param source who has it: an option, {@code profile} for the positional argument, a variable,
   *     or the place in a configuration
   * @param profile the name or path
   */
  public record Choice(String source, String profile) {
    /** What runs where nobody chooses. */
    public static final Choice DEFAULT = new Choice("default", BuiltIns.DEFAULT);

    /** Whether a configuration says so. */
    public boolean isConfigured() {
      return source.startsWith("/");
    }

    /** Whether the profile is read from the standard input. */
    public boolean isStandardInput() {
      return profile.equals(StandardInput.NAME);
    }

    /** Only who starts a command knows what is on its standard input. */
    public void refuseInputFromElsewhere() {
      if (isStandardInput() && (isConfigured() || source.equals(PROFILE))) {
        throw new ProfileException(
            Quotes.visible(source) + ": `-` is for the command line alone", "name a profile there");
      }
    }

    private boolean agreesWith(Choice other) {
      return BuiltIns.canonical(profile).equals(BuiltIns.canonical(other.profile));
    }
  }

  /**
   * The profile that is meant.
   *
   * @param explicit what the command line says, in any order
   * @param environment the environment variables
   * @throws ProfileException where two wishes of one rank differ, or a variable has an impossible
   *     value
   */
  public static Choice choose(List<Choice> explicit, Map<String, String> environment) {
    return said(explicit, environment).orElse(Choice.DEFAULT);
  }

  /** The same without the default. */
  public static Optional<Choice> said(List<Choice> explicit, Map<String, String> environment) {
    boolean isolate = Switch.isOn(environment, ISOLATE);
    return agreed(explicit).or(() -> agreed(inEnvironment(environment, isolate)));
  }

  private static List<Choice> inEnvironment(Map<String, String> environment, boolean isolate) {
    List<Choice> choices = new ArrayList<>();
    String named = environment.getOrDefault(PROFILE, "");
    if (!named.isEmpty()) {
      choices.add(new Choice(PROFILE, named));
    }
    if (isolate) {
      choices.add(new Choice(ISOLATE, BuiltIns.ISOLATED));
    }
    return choices;
  }

  private static Optional<Choice> agreed(List<Choice> choices) {
    Optional<Choice> first = choices.stream().findFirst();
    for (Choice choice : choices) {
      first.filter(one -> !one.agreesWith(choice)).ifPresent(one -> refuse(one, choice));
    }
    return first;
  }

  private static void refuse(Choice one, Choice other) {
    throw new ProfileException(tell(one) + ", but " + tell(other), "choose once");
  }

  private static String tell(Choice choice) {
    return Quotes.quote(choice.source) + " chooses " + Quotes.quote(choice.profile);
  }
}
