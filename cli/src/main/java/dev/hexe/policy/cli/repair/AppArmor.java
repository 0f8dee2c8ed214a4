package dev.hexe.policy.cli.repair;

import java.util.List;

/** User namespaces for this program alone, where AppArmor keeps them from ordinary users. */
final class AppArmor {
  private static final String FILE = "/etc/apparmor.d/hexe-policy";

  private AppArmor() {}

  /** The step for the launcher at {@code path}, without symlinks. */
  static Step step(String path) {
    return canName(path) ? load(path) : move(path);
  }

  private static Step move(String path) {
    return new Step(
        "let this program, and no other, use user namespaces",
        List.of("No AppArmor profile can name " + path + "."),
        "echo 'install hexe-policy under a plain path first, such as /usr/local/bin' >&2");
  }

  private static Step load(String path) {
    return new Step(
        "let this program, and no other, use user namespaces",
        List.of(
            "kernel.apparmor_restrict_unprivileged_userns stays on for everything else.",
            "Whoever can write " + path + " gets the same right: let root own it.",
            "The profile is loaded at each boot as long as it is in /etc/apparmor.d.",
            "Undo: apparmor_parser -R " + FILE + "; rm " + FILE),
        Shell.write(FILE, profile(path)) + "\napparmor_parser -r " + FILE);
  }

  /** The text of the profile, see {@code apparmor.d(5)}, for a path that it can name. */
  static String profile(String path) {
    return """
        # Lets hexe-policy enter user namespaces. It confines nothing: what may be done is in hexe-policy's profiles.
        abi <abi/4.0>,

        include <tunables/global>

        profile hexe-policy %s flags=(unconfined) {
          userns,

          include if exists <local/hexe-policy>
        }
        """
        .formatted(attachment(path));
  }

  private static boolean canName(String path) {
    return path.startsWith("/") && !path.matches("(?s).*[\\p{Cntrl}\"\\\\].*");
  }

  /** A path as a pattern that fits it alone. */
  private static String attachment(String path) {
    String escaped = path.replaceAll("([\\[\\]{}*?^@,])", "\\\\$1");
    return escaped.matches("[A-Za-z0-9_./+-]+") ? escaped : "\"" + escaped + "\"";
  }
}
