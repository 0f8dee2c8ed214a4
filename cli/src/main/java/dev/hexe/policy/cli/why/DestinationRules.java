package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.network.SyntheticAddresses;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.log.NetworkRecord;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides over destinations that are not listed: connections that never left the sandbox, and what
 * the gateway was asked for and has refused.
 */
final class DestinationRules {
  private static final String KEY = "network";

  /** The gateway names what would have to be listed. */
  private static final Pattern TO_BE_LISTED = Pattern.compile("not listed as `([^`]*)`");

  private static final String DENIED = "deny ";
  private static final String GREETING = "TLS greeting";

  /** These are no matter of the policy. */
  private static final List<String> ORDINARY =
      List.of(
          "the name does not resolve",
          "nobody answers",
          "not a name",
          "there are too many connections at a time",
          "too many names are being looked up",
          "there are no more addresses for names",
          "so much was refused already that what else is refused is not written down");

  private static final Pattern WRITABLE = Pattern.compile("[a-z0-9_*.:\\[\\]/-]{1,300}");

  private final SyntheticAddresses names;
  private final Statements statements;
  private final Denials denials;

  DestinationRules(EffectivePolicy policy) {
    names = new SyntheticAddresses(policy.profile().separation().network());
    statements = new Statements(policy.provenance());
    denials = new Denials(policy, statements);
  }

  /** A connection that the kernel has answered. */
  Refusal of(Observed it, String host, String written) {
    Optional<String> name = names.nameAt(it.address());
    if (name.isEmpty() && SyntheticAddresses.isSynthetic(it.address())) {
      return refusal(
          it,
          host + ":" + it.port(),
          statements.of(KEY),
          "the address stands for a name below a wildcard, and this port of it is not listed",
          null);
    }
    return refusal(
        it,
        name.orElse(host) + ":" + it.port(),
        statements.of(KEY),
        name.isPresent()
            ? "the name is listed, but not with this port"
            : "no destination that is listed has this address and port",
        allowing(name.orElse(written) + ":" + it.port()));
  }

  /** A question that the gateway has refused; empty where the policy is not the cause. */
  Optional<Refusal> of(NetworkRecord asked) {
    if (!asked.isRefused() || asked.isEnd() || ORDINARY.contains(asked.reason())) {
      return Optional.empty();
    }
    boolean name = asked.protocol().equals("name");
    Observed it = observed(asked, name ? "resolve" : "connect", name ? "NXDOMAIN" : "ECONNRESET");
    String destination = destination(asked);
    if (asked.reason().startsWith(DENIED)) {
      return Optional.of(
          refusal(
              it,
              destination,
              statements.of(KEY),
              "it is denied, whatever is allowed; no profile that extends this one takes that back",
              null));
    }
    if (asked.reason().contains(GREETING)) {
      return Optional.of(refusal(it, destination, statements.of(KEY), asked.reason(), null));
    }
    Matcher listed = TO_BE_LISTED.matcher(asked.reason());
    return Optional.of(
        refusal(
            it,
            destination,
            statements.of(KEY),
            name
                ? "the name is not listed, so it does not exist inside; alone it means the ports 80 and 443"
                : asked.reason(),
            allowing(listed.find() ? listed.group(1) : destination)));
  }

  private static String destination(NetworkRecord asked) {
    String host = asked.host().contains(":") ? "[" + asked.host() + "]" : asked.host();
    String end = asked.protocol().equals("udp") ? "/udp" : "";
    return asked.port() == 0 ? host : host + ":" + asked.port() + end;
  }

  private static Observed observed(NetworkRecord asked, String want, String error) {
    return new Observed(want, "", error, "", "", "", asked.host(), asked.port(), 0, 1, 0, 0, "");
  }

  private static boolean isWritable(String destination) {
    return WRITABLE.matcher(destination).matches();
  }

  private static @Nullable Fix allowing(String destination) {
    return isWritable(destination)
        ? new Fix("--allow " + destination, "network: {allow: [\"" + destination + "\"]}")
        : null;
  }

  private Refusal refusal(
      Observed it, String subject, Optional<Statement> line, String reason, @Nullable Fix fix) {
    return new Refusal(it, subject, denials.answer(Guarantee.DESTINATIONS, line, reason, fix), 1);
  }
}
