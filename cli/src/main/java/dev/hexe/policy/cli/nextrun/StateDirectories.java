package dev.hexe.policy.cli.nextrun;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.host.Invocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directories in which programs keep what they need the next time, such as a login: in a home
 * that lacks them nothing could be mounted, and all would be lost at the end. So they are made,
 * empty, for the command that runs and for each program that it could start, as these would make
 * them outside.
 */
public final class StateDirectories {
  private final Invocation invocation;
  private final Map<String, List<String>> listed;
  private final Optional<String> command;
  private final SearchPath programs;

  private StateDirectories(Invocation invocation, Profile profile, Optional<String> program) {
    this.invocation = invocation;
    listed = profile.startup().state();
    command = program.map(Path::of).map(Path::getFileName).map(Path::toString);
    programs = listed.isEmpty() ? SearchPath.NOWHERE : SearchPath.of(invocation.environment());
  }

  /** Those that a profile lists, for the command that runs, where that is known. */
  public static StateDirectories of(
      Invocation invocation, Profile profile, Optional<String> program) {
    return new StateDirectories(invocation, profile, program);
  }

  /** True where a plan for any command would leave out what one of them needs. */
  public boolean dependOnCommand() {
    return listed.keySet().stream().anyMatch(this::areMissing);
  }

  /** Makes those of the command that runs, and of what is installed. */
  public void make() {
    listed.keySet().stream()
        .filter(this::isWanted)
        .filter(this::areMissing)
        .map(this::directories)
        .forEach(OwnDirectories::make);
  }

  /**
   * A plan is out of date when one of the directories vanishes; and, of those that nobody needs yet
   * and that are missing, when their program is installed.
   */
  public List<Path> consulted() {
    return listed.keySet().stream().flatMap(this::consulted).toList();
  }

  private Stream<Path> consulted(String name) {
    return isWanted(name) || !areMissing(name)
        ? directories(name).all().stream()
        : programs.places(name);
  }

  private boolean isWanted(String name) {
    return command.filter(name::equals).isPresent() || programs.has(name);
  }

  private boolean areMissing(String name) {
    return directories(name).areMissing();
  }

  private OwnDirectories directories(String name) {
    return OwnDirectories.named(
        invocation.profileContext().home(),
        invocation.caller().uid(),
        listed.getOrDefault(name, List.of()).stream().map(Path::of).toList());
  }
}
