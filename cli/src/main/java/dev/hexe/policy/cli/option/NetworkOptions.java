package dev.hexe.policy.cli.option;

import dev.hexe.policy.profiles.override.NetworkOverrides;
import picocli.CommandLine.Model.CommandSpec;

/** The options on what is reached over the network. */
final class NetworkOptions {
  private static final String NETWORK = "--network";
  private static final String ALLOW = "--allow";
  private static final String DENY = "--deny";
  private static final String PUBLISH = "--publish";
  private static final String ON_DENY = "--on-deny";

  private NetworkOptions() {}

  /** Adds them to a command. */
  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            Options.value(NETWORK, "WHICH", "`host`, `none`, or `allow`: the listed destinations"))
        .addOption(Options.values(ALLOW, "HOST[:PORT]", "let the command reach this destination"))
        .addOption(
            Options.values(DENY, "HOST[:PORT]", "refuse this destination, whatever is allowed"))
        .addOption(
            Options.values(
                PUBLISH, "[OUTSIDE:]PORT", "let the host reach this port of the sandbox"))
        .addOption(
            Options.value(
                ON_DENY,
                "WHAT",
                "`refuse` destinations that are not listed, or `ask` on the terminal"));
  }

  static NetworkOverrides read(ParsedArguments given) {
    return new NetworkOverrides(
        given.text(NETWORK),
        given.texts(ALLOW),
        given.texts(DENY),
        given.texts(PUBLISH),
        given.text(ON_DENY));
  }
}
