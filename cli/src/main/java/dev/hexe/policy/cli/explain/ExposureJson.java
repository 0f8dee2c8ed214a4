package dev.hexe.policy.cli.explain;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.exposure.Exposure;
import dev.hexe.policy.exposure.Exposures;
import dev.hexe.policy.exposure.Exposures.Scope;
import java.math.BigDecimal;

/**
 * The exposures of a sandbox, for programs.
 *
 * <ul>
 *   <li>{@code score}: the sum of the weights, from 0.0 to 10.0
 *   <li>{@code rating}: {@code safe}, {@code ok}, {@code exposed} or {@code unsafe}; absent where
 *       files were not looked at, so that the score is the least there can be
 *   <li>{@code scope}: {@code host} where files were looked at, or {@code decisions}
 *   <li>{@code found}: each, heaviest first, with its {@code id}, {@code weight}, {@code wayOut},
 *       {@code what}, {@code evidence}, {@code makeable} (what is not there and can be made),
 *       {@code because} (why it counts half, else empty) and {@code close}
 * </ul>
 */
final class ExposureJson {
  private ExposureJson() {}

  static JsonObject of(Exposures exposures) {
    JsonObject json = new JsonObject();
    json.add("score", points(exposures.score()));
    addRating(exposures, json);
    json.addProperty("scope", Words.of(exposures.scope()));
    json.add("found", Json.array(exposures.all(), ExposureJson::exposure));
    return json;
  }

  /** Adds the rating, where there is one. */
  static void addRating(Exposures exposures, JsonObject json) {
    if (exposures.scope() == Scope.HOST) {
      json.addProperty("rating", Words.of(exposures.rating()));
    }
  }

  /** Tenths as a number. */
  static JsonPrimitive points(int tenths) {
    return new JsonPrimitive(BigDecimal.valueOf(tenths, 1));
  }

  private static JsonObject exposure(Exposure exposure) {
    JsonObject json = new JsonObject();
    json.addProperty("id", exposure.kind().id());
    json.add("weight", points(exposure.weight()));
    json.addProperty("wayOut", exposure.wayOut());
    json.addProperty("what", exposure.kind().what());
    json.add("evidence", Json.strings(exposure.evidence()));
    json.add("makeable", Json.strings(exposure.makeable()));
    json.addProperty("because", exposure.because());
    json.addProperty("close", exposure.close());
    return json;
  }
}
