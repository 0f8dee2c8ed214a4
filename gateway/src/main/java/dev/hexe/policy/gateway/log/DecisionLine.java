package dev.hexe.policy.gateway.log;

import dev.hexe.policy.gateway.policy.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The one form of what is written down: an object of JSON in a line. */
public final class DecisionLine {
  private final StringBuilder text = new StringBuilder("{");

  private DecisionLine() {}

  /** A decision of a sandbox. */
  public static String of(Policy policy, Decision decision) {
    return begin("network", policy, decision).end();
  }

  /** A connection that has ended, with the bytes that went each way. */
  public static String of(Policy policy, Decision decision, long sent, long received) {
    return begin("connection", policy, decision)
        .number("sent", sent)
        .number("received", received)
        .end();
  }

  private static DecisionLine begin(String event, Policy policy, Decision decision) {
    DecisionLine line = new DecisionLine();
    line.string("event", event)
        .string("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
        .string("sandbox", policy.sandbox())
        .string("profile", policy.profile())
        .string("protocol", decision.protocol())
        .string("host", decision.host());
    if (!decision.address().isEmpty()) {
      line.string("address", decision.address());
    }
    if (decision.port() != 0) {
      line.number("port", decision.port());
    }
    return line.string("verdict", decision.verdict().allowed() ? "allowed" : "refused")
        .string("reason", decision.verdict().reason());
  }

  private DecisionLine string(String key, String value) {
    key(key);
    text.append('"');
    value.chars().forEach(this::character);
    text.append('"');
    return this;
  }

  private DecisionLine number(String key, long value) {
    key(key);
    text.append(value);
    return this;
  }

  private void key(String key) {
    text.append(text.length() == 1 ? "\"" : ",\"").append(key).append("\":");
  }

  /** What a client chose may be anything; nothing of it reaches a terminal. */
  private void character(int character) {
    if (character < ' ' || character > '~' || character == '"' || character == '\\') {
      text.append(String.format("\\u%04x", character));
    } else {
      text.append((char) character);
    }
  }

  private String end() {
    return text.append("}\n").toString();
  }
}
