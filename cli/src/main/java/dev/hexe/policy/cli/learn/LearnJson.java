package dev.hexe.policy.cli.learn;

import com.google.gson.JsonObject;
import dev.hexe.policy.cli.text.Json;
import java.nio.file.Path;

/**
 * The outcome of learning, for programs: {@code profile}, the file; {@code runs} and {@code status}
 * of the last one; {@code checked}, whether that was under the result and needed nothing more;
 * {@code problem}; {@code granted} and {@code declined}, each with {@code list}, {@code value} and
 * {@code by}; {@code questions}, each with {@code subject}, {@code because}, {@code yaml} and
 * {@code by}.
 */
public final class LearnJson {
  private LearnJson() {}

  public static String of(Path profile, Outcome outcome) {
    JsonObject document = Json.document();
    document.addProperty("profile", profile.toString());
    document.addProperty("runs", outcome.runs());
    document.addProperty("status", outcome.status());
    document.addProperty("checked", outcome.checked());
    document.addProperty("problem", outcome.problem());
    document.add("granted", Json.array(outcome.granted(), LearnJson::grant));
    document.add("declined", Json.array(outcome.declined(), LearnJson::grant));
    document.add("questions", Json.array(outcome.questions(), LearnJson::question));
    return Json.text(document);
  }

  private static JsonObject grant(Grant grant) {
    JsonObject json = new JsonObject();
    json.addProperty("list", grant.place().section() + "." + grant.place().key());
    json.addProperty("value", grant.value());
    json.addProperty("by", grant.by());
    return json;
  }

  private static JsonObject question(Question question) {
    JsonObject json = new JsonObject();
    json.addProperty("subject", question.subject());
    json.addProperty("because", question.because());
    json.addProperty("yaml", question.yaml());
    json.addProperty("by", question.by());
    return json;
  }
}
