package dev.hexe.policy.cli.why;

/**
 * The narrowest change of a policy that allows something.
 *
 * @param option for one run, as the shell takes it
 * @param yaml for a profile that extends the one at hand, on one line
 */
public record Fix(String option, String yaml) {
  /** A list of a profile, and the option that adds to it. */
  static Fix listing(String option, String key, String path, String home) {
    return new Fix(
        option + " " + Paths.forShell(path, home),
        "files: {" + key + ": [" + Paths.forYaml(path, home) + "]}");
  }
}
