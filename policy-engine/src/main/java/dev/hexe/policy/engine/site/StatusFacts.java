package dev.hexe.policy.engine.site;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Reports;
import dev.hexe.policy.api.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The decisions as a plan with a status reports them; the launcher passes it on as it is. */
public final class StatusFacts {
  private StatusFacts() {}

  /** The reports, with the facts where a status is among them. */
  public static List<Action> addTo(List<Action> reports, Profile profile, Decisions decisions) {
    boolean status = reports.stream().map(Action::opcode).anyMatch(StatusFacts::isStatus);
    List<Action> all = new ArrayList<>(reports);
    if (status) {
      all.add(Reports.statusFacts(members(profile, decisions)));
    }
    return all;
  }

  private static boolean isStatus(Opcode opcode) {
    return opcode == Opcode.STATUS_DESCRIPTOR || opcode == Opcode.STATUS_FILE;
  }

  private static String members(Profile profile, Decisions decisions) {
    return decisions.all().stream()
        .map(StatusFacts::decision)
        .collect(
            Collectors.joining(
                ",", "\"profile\":" + quote(profile.name()) + ",\"decisions\":[", "]"));
  }

  private static String decision(Decision decision) {
    return "{\"guarantee\":%s,\"mechanism\":%s,\"strength\":%s}"
        .formatted(
            quote(decision.guarantee().id()),
            decision.chosen().map(Mechanism::id).map(StatusFacts::quote).orElse("null"),
            quote(decision.strength().name().toLowerCase(Locale.ROOT)));
  }

  private static String quote(String text) {
    return text.codePoints()
        .mapToObj(StatusFacts::escape)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escape(int character) {
    if (character == '"' || character == '\\') {
      return "\\" + Character.toString(character);
    }
    return character < 0x20 || character == 0x7f
        ? "\\u%04x".formatted(character)
        : Character.toString(character);
  }
}
