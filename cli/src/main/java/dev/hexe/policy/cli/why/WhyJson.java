package dev.hexe.policy.cli.why;

import com.google.gson.JsonObject;
import dev.hexe.policy.cli.explain.PolicyJson;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Words;
import java.util.List;

/**
 * The answer of a policy about a path, for programs.
 *
 * <ul>
 *   <li>{@code path}, and {@code real} where it leads; whether anything is {@code there}; {@code
 *       profile}
 *   <li>{@code answers}: for each {@code operation}, {@code read}, {@code write} and {@code
 *       execute}, whether the policy has it {@code allowed} and whether the caller may do it on the
 *       {@code host}; {@code because}; and, where there is one, the {@code line} that decides, as
 *       in {@link PolicyJson}, the {@code guarantee} that forbids it, its {@code mechanism} and the
 *       {@code fix}, with {@code option} and {@code yaml}
 * </ul>
 */
public final class WhyJson {
  private WhyJson() {}

  public static String of(WhyReport.Question question, List<Answer> answers) {
    JsonObject document = Json.document();
    document.addProperty("path", question.path());
    document.addProperty("real", question.real());
    document.addProperty("there", answers.stream().allMatch(Answer::there));
    document.addProperty("profile", question.profile().name());
    document.add("answers", Json.array(answers, WhyJson::answer));
    return Json.text(document);
  }

  private static JsonObject answer(Answer answer) {
    JsonObject json = new JsonObject();
    json.addProperty("operation", Words.of(answer.operation()));
    json.addProperty("allowed", answer.allowed());
    json.addProperty("host", answer.host());
    json.addProperty("because", answer.reason());
    addRule(json, answer);
    return json;
  }

  /** Who decides, and what would change it. */
  static void addRule(JsonObject json, Answer answer) {
    answer.statement().ifPresent(it -> json.add("line", PolicyJson.statement(it)));
    answer.guarantee().ifPresent(it -> json.addProperty("guarantee", it.id()));
    answer.mechanism().ifPresent(it -> json.addProperty("mechanism", it.id()));
    answer
        .fix()
        .ifPresent(
            it -> {
              JsonObject fix = new JsonObject();
              fix.addProperty("option", it.option());
              fix.addProperty("yaml", it.yaml());
              json.add("fix", fix);
            });
  }
}
