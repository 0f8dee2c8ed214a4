package dev.hexe.policy.cli.option;

import dev.hexe.policy.profiles.override.ProtectedPathOverrides;
import picocli.CommandLine.Model.CommandSpec;

/** The options on files that are kept from the command, its environment and its ids. */
final class ProtectedPathOptions {
  private static final String PROTECT = "--protect";
  private static final String HIDE = "--hide";
  private static final String GIT_CONFIG = "--git-config";
  private static final String CLEAR = "--clearenv";
  private static final String KEEP = "--keepenv";
  private static final String UNSET = "--unsetenv";
  private static final String SET = "--setenv";
  private static final String IDENTITY = "--identity";

  private ProtectedPathOptions() {}

  /** Adds them to a command. */
  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            Options.values(
                PROTECT, "PATH", "keep this path, or `default` for usual ones, as it is"))
        .addOption(Options.values(HIDE, "PATH", "keep this path, or `default`, from being opened"))
        .addOption(Options.flag("let git change the configuration of this repository", GIT_CONFIG))
        .addOption(Options.value(IDENTITY, "WHO", "`root`, `subordinate`, UID:GID and the like"))
        .addOption(Options.values(SET, "NAME=VALUE", "set an environment variable"))
        .addOption(Options.values(UNSET, "NAME", "remove one; `*` stands for any part of a name"))
        .addOption(Options.flag("remove all environment variables that are not kept", CLEAR))
        .addOption(Options.values(KEEP, "NAME", "keep this one nevertheless, as in `LC_*`"));
  }

  static ProtectedPathOverrides read(ParsedArguments given) {
    return new ProtectedPathOverrides(
        given.texts(PROTECT),
        given.texts(HIDE),
        given.has(GIT_CONFIG),
        given.has(CLEAR),
        given.texts(KEEP),
        given.texts(UNSET),
        given.texts(SET),
        given.text(IDENTITY));
  }
}
