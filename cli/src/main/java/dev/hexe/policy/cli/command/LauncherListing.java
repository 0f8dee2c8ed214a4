package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.text.CommandException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the launcher list what there is. It does so without a JVM where its arguments are plain, so
 * that only few get here: {@code ps --}.
 */
final class LauncherListing {
  private LauncherListing() {}

  /** Starts it with plain arguments; the result is its status. */
  static int of(Invocation invocation, String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.add(0, invocation.launcher());
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new CommandException("the launcher cannot be started", "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", "");
    }
  }
}
