package dev.hexe.policy.cli.explain;

import com.google.gson.JsonObject;
import dev.hexe.policy.cli.explain.Difference.Section;
import dev.hexe.policy.cli.host.Verdict;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Words;

/**
 * The differences of two profiles, for programs.
 *
 * <ul>
 *   <li>{@code format}: {@link Json#FORMAT}; {@code equal}: whether there is no difference
 *   <li>{@code left} and {@code right}: the {@code profile} as it was named, its {@code verdict},
 *       {@code score} and {@code rating}
 *   <li>{@code differences}: each with its {@code section} ({@code settings}, {@code paths}, {@code
 *       guarantees}, {@code limits} or {@code exposures}), its {@code name}, and {@code left} and
 *       {@code right}: text as in the report, empty where there is nothing; for a guarantee the
 *       object that {@link ExplainJson} has, absent where it is not promised
 * </ul>
 */
public final class ComparisonJson {
  private ComparisonJson() {}

  public static String of(Comparison comparison) {
    return Json.text(document(comparison));
  }

  /** The same, to be added to. */
  public static JsonObject document(Comparison comparison) {
    JsonObject document = Json.document();
    document.addProperty("equal", comparison.isEqual());
    document.add("left", side(comparison.left()));
    document.add("right", side(comparison.right()));
    document.add(
        "differences",
        Json.array(comparison.differences(), difference -> difference(difference, comparison)));
    return document;
  }

  private static JsonObject side(ComparedProfile side) {
    JsonObject json = new JsonObject();
    json.addProperty("profile", side.name());
    json.addProperty("verdict", Words.of(Verdict.of(side.explanation().decisions())));
    json.add("score", ExposureJson.points(side.explanation().exposures().score()));
    ExposureJson.addRating(side.explanation().exposures(), json);
    return json;
  }

  private static JsonObject difference(Difference difference, Comparison comparison) {
    JsonObject json = new JsonObject();
    json.addProperty("section", Words.of(difference.section()));
    json.addProperty("name", difference.name());
    if (difference.section() == Section.GUARANTEES) {
      add("left", difference.name(), comparison.left(), json);
      add("right", difference.name(), comparison.right(), json);
    } else {
      json.addProperty("left", difference.left());
      json.addProperty("right", difference.right());
    }
    return json;
  }

  private static void add(String key, String guarantee, ComparedProfile side, JsonObject json) {
    side.explanation()
        .decisions()
        .withId(guarantee)
        .ifPresent(decision -> json.add(key, ExplainJson.decision(decision)));
  }
}
