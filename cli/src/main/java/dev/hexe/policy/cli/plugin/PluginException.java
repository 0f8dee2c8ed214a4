package dev.hexe.policy.cli.plugin;

import dev.hexe.policy.api.problem.ReportedException;

/** A plug-in cannot be used, so that nothing runs: it may be what a profile relies on. */
public final class PluginException extends ReportedException {
  private static final long serialVersionUID = 1L;

  PluginException(String message, String help) {
    super(message, help);
  }
}
