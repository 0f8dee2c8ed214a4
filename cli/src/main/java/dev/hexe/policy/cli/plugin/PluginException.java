package dev.hexe.policy.cli.plugin;

/** A plug-in cannot be used, so that nothing runs: it may be what a profile relies on. */
public final class PluginException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String help;

  PluginException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** What to do about it; may be empty. */
  public String help() {
    return help;
  }
}
