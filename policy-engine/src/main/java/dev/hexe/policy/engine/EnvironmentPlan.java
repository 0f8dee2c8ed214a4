package dev.hexe.policy.engine;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import java.util.ArrayList;
import java.util.List;

/** The actions on the environment. Nothing on the host decides about it. */
final class EnvironmentPlan {
  /**
   * Variables that lead to a socket or a program of the caller's. Where it is not there, a program
   * that follows them fails; without them it takes another way.
   */
  private static final List<String> PLACES =
      List.of(
          "TMUX",
          "SSH_AUTH_SOCK",
          "SSH_ASKPASS",
          "GIT_ASKPASS",
          "GPG_AGENT_INFO",
          "GNOME_KEYRING_CONTROL",
          "DBUS_SESSION_BUS_ADDRESS",
          "DBUS_SYSTEM_BUS_ADDRESS",
          "NVIM",
          "NVIM_LISTEN_ADDRESS",
          "VSCODE_IPC_HOOK_CLI",
          "VSCODE_GIT_IPC_HANDLE",
          "KITTY_LISTEN_ON",
          "ALACRITTY_SOCKET",
          "SWAYSOCK",
          "I3SOCK",
          "PULSE_SERVER",
          "XAUTHORITY");

  /** It names a process. */
  private static final String SCREEN = "STY";

  private static final List<String> TEMPORARY = List.of("TMPDIR", "TMP", "TEMP");

  private EnvironmentPlan() {}

  /** What is done about variables that lead to what is not there; behind everything else. */
  static List<Action> mending(Profile profile) {
    List<Action> actions = new ArrayList<>();
    boolean absent = profile.files().unlisted() == Unlisted.ABSENT;
    if (profile.separation().processesInvisible() && isOurs(profile, SCREEN)) {
      actions.add(EnvironmentActions.unsetenv(SCREEN));
    }
    if (absent || profile.asksFor(Guarantee.TMP)) {
      actions.add(EnvironmentActions.mendVariables(ours(profile, PLACES), ""));
    }
    List<String> temporary = ours(profile, TEMPORARY);
    if ((profile.asksFor(Guarantee.FILES) || profile.asksFor(Guarantee.TMP))
        && !temporary.isEmpty()) {
      actions.add(EnvironmentActions.temporaryDirectory(temporary, "/tmp"));
    }
    return actions;
  }

  private static List<String> ours(Profile profile, List<String> names) {
    return names.stream().filter(name -> isOurs(profile, name)).toList();
  }

  /** What the profile sets itself is meant. */
  private static boolean isOurs(Profile profile, String name) {
    return !profile.environment().set().containsKey(name);
  }

  static List<Action> of(Environment environment) {
    List<Action> actions = new ArrayList<>();
    environment
        .filters()
        .forEach(
            filter ->
                actions.add(EnvironmentActions.filterEnvironment(filter.drop(), filter.keep())));
    environment.set().forEach((name, value) -> actions.add(EnvironmentActions.setenv(name, value)));
    return actions;
  }
}
