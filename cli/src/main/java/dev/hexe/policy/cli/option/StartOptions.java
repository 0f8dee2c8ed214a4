package dev.hexe.policy.cli.option;

import dev.hexe.policy.profiles.override.StartOverrides;
import picocli.CommandLine.Model.CommandSpec;

/** The options on how the command is started. */
final class StartOptions {
  private static final String DIRECTORY = "--chdir";
  private static final String ARGV0 = "--argv0";
  private static final String UMASK = "--umask";
  private static final String NICE = "--nice";
  private static final String DESCRIPTOR = "--pass-fd";
  private static final String AS_PID_1 = "--as-pid-1";
  private static final String NO_PTY = "--no-pty";
  private static final String NESTING = "--nesting";
  private static final String DIE_WITH_PARENT = "--die-with-parent";
  private static final String FILTER = "--seccomp";
  private static final String FRESH_CACHES = "--fresh-caches";
  private static final String LOCK = "--lock-file";

  private StartOptions() {}

  /** Adds them to a command. */
  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(Options.value(DIRECTORY, "DIR", "start in this directory of the sandbox"))
        .addOption(Options.value(ARGV0, "NAME", "tell the command this as its own name"))
        .addOption(Options.value(UMASK, "MASK", "its file mode mask, as in 027"))
        .addOption(Options.value(NICE, "NUMBER", "its nice value, at least: 0 to 19"))
        .addOption(Options.values(DESCRIPTOR, "NUMBER", "let it keep this open descriptor, too"))
        .addOption(Options.flag("let it be process 1 of its pid namespace", AS_PID_1))
        .addOption(Options.flag("kill it when whoever has started this ends", DIE_WITH_PARENT))
        .addOption(Options.flag("forget what was kept of this project's caches", FRESH_CACHES))
        .addOption(Options.flag("run it on this terminal, and not on one of its own", NO_PTY))
        .addOption(Options.flag("let it start sandboxes itself, as browsers and bwrap do", NESTING))
        .addOption(
            Options.values(
                FILTER, "FD", "filter its system calls with what this descriptor yields"))
        .addOption(Options.values(LOCK, "PATH", "hold a shared lock on this file while it runs"));
  }

  static StartOverrides read(ParsedArguments given) {
    return new StartOverrides(
        given.text(ARGV0),
        given.text(UMASK),
        given.text(NICE),
        given.text(DIRECTORY),
        given.texts(DESCRIPTOR),
        given.has(AS_PID_1),
        given.has(NO_PTY),
        given.has(NESTING),
        given.has(DIE_WITH_PARENT),
        given.texts(FILTER),
        given.texts(LOCK),
        given.has(FRESH_CACHES));
  }
}
