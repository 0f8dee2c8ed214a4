package dev.hexe.policy.cli.nextrun;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.host.Invocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directories in which a command keeps what it needs the next time, such as its login: in a
 * home that lacks them nothing could be mounted, and all would be lost at the end. So they are
 * made, empty, where the command is the one that they are for, as it would make them outside.
 */
public final class StateDirectories {
  private final Invocation invocation;
  private final Map<String, List<String>> listed;
  private final Optional<String> program;

  private StateDirectories(Invocation invocation, Profile profile, Optional<String> program) {
    this.invocation = invocation;
    this.program = program;
    listed = profile.startup().state();
  }

  /** Those that a profile lists, for the command that runs, where that is known. */
  public static StateDirectories of(
      Invocation invocation, Profile profile, Optional<String> program) {
    return new StateDirectories(invocation, profile, program);
  }

  /** True where a plan for any command would leave out what one of them needs. */
  public boolean dependOnCommand() {
    return listed.values().stream().anyMatch(paths -> directories(paths).areMissing());
  }

  /** Makes those of the command that runs. */
  public void make() {
    ofCommand().ifPresent(OwnDirectories::make);
  }

  /** All that it has, be they there or not: a plan is out of date when one of them vanishes. */
  public List<Path> all() {
    return ofCommand().map(OwnDirectories::all).orElse(List.of());
  }

  private Optional<OwnDirectories> ofCommand() {
    return program
        .map(Path::of)
        .map(Path::getFileName)
        .map(name -> listed.get(name.toString()))
        .map(this::directories);
  }

  private OwnDirectories directories(List<String> paths) {
    return OwnDirectories.named(
        invocation.profileContext().home(),
        invocation.caller().uid(),
        paths.stream().map(Path::of).toList());
  }
}
