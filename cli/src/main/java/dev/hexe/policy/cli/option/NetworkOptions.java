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
            Options.value(NETWORK, "WHICH", "`host`, `none`, or `allow`: what is listed"))
        .addOption(
            Options.values(
                ALLOW,
                "HOST[:PORT]",
                "let it reach this over the network, and else what is listed"))
        .addOption(Options.values(DENY, "HOST[:PORT]", "but not this"))
        .addOption(
            Options.values(
                PUBLISH, "[OUTSIDE:]PORT", "let the host reach this port of the sandbox"))
        .addOption(
            Options.value(
                ON_DENY, "WHAT", "`refuse` what is not listed, or `ask` on the terminal"));
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
