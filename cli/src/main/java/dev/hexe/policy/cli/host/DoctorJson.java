package dev.hexe.policy.cli.host;

import com.google.gson.JsonObject;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Versions;
import dev.hexe.policy.cli.text.Words;

/**
 * A diagnosis for programs, and for {@code explain --host}.
 *
 * <ul>
 *   <li>{@code format}: {@link Json#FORMAT}; {@code version}: of this program
 *   <li>{@code kernel}, {@code caller} and {@code facts}: see {@link FactsJson}
 *   <li>{@code backends}: each with {@code id}, {@code version} and {@code location}
 *   <li>{@code plugins}: each with {@code name}, {@code version}, {@code location} and the {@code
 *       keys} it adds to profiles; {@code pluginProblem} where one cannot be used
 *   <li>{@code profiles}: each with {@code name}, {@code verdict}, the {@code weakest} guarantee
 *       with its {@code guarantee} and {@code strength} where one is below full, and the {@code
 *       problem} where the profile cannot be read
 *   <li>{@code cache}: the {@code directory} in which plans are kept and how many {@code plans}
 *       there are, or the {@code problem} for which none are kept
 * </ul>
 */
public final class DoctorJson {
  private DoctorJson() {}

  public static String of(Diagnosis diagnosis, PlanCache cache) {
    JsonObject document = Json.document();
    document.addProperty("version", Versions.ours());
    FactsJson.write(diagnosis.host(), document);
    document.add("backends", Json.array(diagnosis.backends(), DoctorJson::backend));
    diagnosis.plugins().write(document);
    document.add("profiles", Json.array(diagnosis.outlooks(), DoctorJson::outlook));
    document.add("cache", cache(cache));
    return Json.text(document);
  }

  private static JsonObject cache(PlanCache cache) {
    JsonObject json = new JsonObject();
    cache.directory().ifPresent(path -> json.addProperty("directory", path.toString()));
    if (cache.directory().isPresent()) {
      json.addProperty("plans", cache.files().size());
    } else {
      json.addProperty("problem", cache.problem());
    }
    return json;
  }

  private static JsonObject backend(IsolationBackend backend) {
    JsonObject json = new JsonObject();
    json.addProperty("id", backend.id());
    json.addProperty("version", backend.version());
    json.addProperty("location", Installation.location(backend));
    return json;
  }

  private static JsonObject outlook(Forecast outlook) {
    JsonObject json = new JsonObject();
    json.addProperty("name", outlook.profile());
    json.addProperty("verdict", Words.of(outlook.verdict()));
    outlook
        .weakest()
        .ifPresent(
            decision -> {
              JsonObject weakest = new JsonObject();
              weakest.addProperty("guarantee", decision.guarantee().id());
              weakest.addProperty("strength", Words.of(decision.strength()));
              json.add("weakest", weakest);
            });
    if (!outlook.problem().isEmpty()) {
      json.addProperty("problem", outlook.problem());
    }
    return json;
  }
}
