package dev.hexe.policy.cli.explain;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.Rejection;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Operand;
import dev.hexe.policy.cli.host.Verdict;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.engine.system.FollowedLink;
import dev.hexe.policy.exposure.SecretNames;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;

/**
 * An explanation for programs.
 *
 * <ul>
 *   <li>{@code format}: {@link Json#FORMAT}
 *   <li>{@code profile}, {@code summary}: what the profile says of itself
 *   <li>{@code kernel}: the release of the host's kernel
 *   <li>{@code policy}: see {@link PolicyJson}
 *   <li>{@code start}: how the command is started: {@code cwd}, {@code argv0}, {@code umask}
 *       (octal), {@code nice}, {@code dieWithParent} and {@code rlimits} (in bytes, seconds and
 *       files; null for no limit), each absent where it is as usual, and {@code passFds}, the
 *       caller's descriptors it keeps
 *   <li>{@code verdict}: {@code full}, {@code accepted}, {@code degraded} or {@code refused}, see
 *       {@link Verdict}
 *   <li>{@code rules}: see {@link RulesJson}
 *   <li>{@code outside}: why nothing would be started in the caller's working directory; absent
 *       where it would be
 *   <li>{@code guarantees}: for each its {@code guarantee} and {@code meaning}; {@code required}
 *       and {@code atLeast} as demanded; {@code strength}, {@code satisfied} and {@code refuses} as
 *       decided; the chosen {@code mechanism}, absent where there is none; {@code reinforcements};
 *       and {@code rejections}, each with its {@code mechanism}, {@code reason} and {@code fix}. A
 *       mechanism has {@code id}, {@code strength}, {@code rule} and {@code caveat}
 *   <li>{@code system}: the symlinks of the system that were followed out of what the profile
 *       lists, each with its {@code path}, the {@code target} that can be read, and the {@code
 *       reason}; {@code warnings}: a line for each that leads to what is not granted
 *   <li>{@code plan}: the actions in order, each with {@code phase}, {@code action}, {@code
 *       operands} and {@code description}; absent where nothing would run, and for other hosts
 *   <li>{@code exposures}: see {@link ExposureJson}
 * </ul>
 */
public final class ExplainJson {
  private ExplainJson() {}

  public static String of(Explanation explanation) {
    JsonObject document = Json.document();
    document.addProperty("profile", explanation.profile().name());
    document.addProperty("summary", explanation.profile().summary());
    document.addProperty("kernel", explanation.host().kernel());
    document.add("policy", PolicyJson.of(explanation.provenance()));
    document.add("start", StartJson.of(explanation.profile().startup()));
    document.addProperty("verdict", Words.of(verdict(explanation)));
    document.add("rules", RulesJson.of(explanation.site()));
    explanation.outside().ifPresent(reason -> document.addProperty("outside", reason));
    document.add("guarantees", Json.array(explanation.decisions().all(), ExplainJson::decision));
    document.add("system", Json.array(explanation.system().links(), ExplainJson::link));
    document.add("warnings", Json.array(explanation.system().warnings(), JsonPrimitive::new));
    explanation
        .plan()
        .ifPresent(plan -> document.add("plan", Json.array(plan.actions(), ExplainJson::action)));
    document.add("exposures", ExposureJson.of(explanation.exposures()));
    return Json.text(document);
  }

  private static Verdict verdict(Explanation explanation) {
    return explanation.site().refusals().isEmpty()
        ? Verdict.of(explanation.decisions())
        : Verdict.REFUSED;
  }

  private static JsonObject link(FollowedLink link) {
    JsonObject json = new JsonObject();
    json.addProperty("path", link.path());
    json.addProperty("target", link.target());
    json.addProperty("reason", link.reason());
    return json;
  }

  /** A guarantee. */
  static JsonObject decision(Decision decision) {
    JsonObject json = new JsonObject();
    json.addProperty("guarantee", decision.guarantee().id());
    json.addProperty("meaning", decision.guarantee().meaning());
    json.addProperty("required", decision.demand().required());
    json.addProperty("atLeast", Words.of(decision.demand().atLeast()));
    json.addProperty("strength", Words.of(decision.strength()));
    json.addProperty("satisfied", decision.satisfied());
    json.addProperty("refuses", decision.refuses());
    decision.chosen().ifPresent(chosen -> json.add("mechanism", mechanism(chosen)));
    json.add("reinforcements", Json.array(decision.reinforcements(), ExplainJson::mechanism));
    json.add("rejections", Json.array(decision.rejections(), ExplainJson::rejection));
    return json;
  }

  private static JsonObject mechanism(Mechanism mechanism) {
    JsonObject json = new JsonObject();
    json.addProperty("id", mechanism.id());
    json.addProperty("strength", Words.of(mechanism.strength()));
    json.addProperty("rule", mechanism.rule());
    json.addProperty("caveat", mechanism.caveat());
    return json;
  }

  private static JsonObject rejection(Rejection rejection) {
    JsonObject json = new JsonObject();
    json.add("mechanism", mechanism(rejection.mechanism()));
    json.addProperty("reason", rejection.lack().reason());
    json.addProperty("fix", rejection.lack().fix());
    return json;
  }

  private static JsonObject action(Action action) {
    JsonObject json = new JsonObject();
    json.addProperty("phase", Words.of(action.phase()));
    json.addProperty("action", action.opcode().label());
    json.add("operands", Json.array(shown(action), ExplainJson::operand));
    json.addProperty("description", action.description());
    return json;
  }

  /** The value of a variable whose name speaks of a secret stays where it is. */
  private static List<Operand> shown(Action action) {
    boolean secret =
        action.opcode() == Opcode.SETENV && SecretNames.isOne(action.operands().get(0).toString());
    return secret
        ? List.of(action.operands().get(0), Operand.of("(not shown)"))
        : action.operands();
  }

  // Bytes are Base64; numbers are unsigned.
  private static JsonElement operand(Operand operand) {
    return switch (operand.letter()) {
      case 'u' -> new JsonPrimitive(new BigInteger(operand.toString()));
      case 'b' -> new JsonPrimitive(Base64.getEncoder().encodeToString(operand.bytes()));
      default -> new JsonPrimitive(operand.toString());
    };
  }
}
