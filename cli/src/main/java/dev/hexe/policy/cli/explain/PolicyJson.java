package dev.hexe.policy.cli.explain;

import com.google.gson.JsonObject;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.text.Json;

/**
 * The effective policy for programs.
 *
 * <ul>
 *   <li>{@code holds}: each statement with its {@code key}, its {@code value} as YAML on one line,
 *       absent for variables that are set, and its {@code origin}
 *   <li>{@code overruled}: statements that do not hold, each with the one that counts, {@code by}
 * </ul>
 *
 * An origin has a {@code kind}: {@code file}, with {@code file}, {@code line} and {@code column};
 * {@code option} and {@code variable}, with a {@code name}; {@code default} for the list that comes
 * with this program, with the reason, {@code because}, and the place where it was {@code asked}
 * for.
 */
public final class PolicyJson {
  private PolicyJson() {}

  static JsonObject of(Provenance provenance) {
    JsonObject json = new JsonObject();
    json.add("holds", Json.array(provenance.effective(), PolicyJson::statement));
    json.add("overruled", Json.array(provenance.overruled(), PolicyJson::overruled));
    return json;
  }

  private static JsonObject overruled(Overruled overruled) {
    JsonObject json = statement(overruled.statement());
    json.add("by", statement(overruled.by()));
    return json;
  }

  /** One line of a policy. */
  public static JsonObject statement(Statement statement) {
    JsonObject json = new JsonObject();
    json.addProperty("key", statement.key());
    if (!PolicyReport.isSecret(statement)) {
      json.addProperty("value", statement.value());
    }
    json.add("origin", origin(statement.origin()));
    return json;
  }

  private static JsonObject origin(Origin origin) {
    JsonObject json = new JsonObject();
    if (origin instanceof Origin.InFile place) {
      json.addProperty("kind", "file");
      json.addProperty("file", place.file());
      json.addProperty("line", place.line());
      json.addProperty("column", place.column());
    } else if (origin instanceof Origin.DefaultList list) {
      json.addProperty("kind", "default");
      json.addProperty("because", list.because());
      json.add("asked", origin(list.asked()));
    } else {
      json.addProperty("kind", origin instanceof Origin.Option ? "option" : "variable");
      json.addProperty("name", origin.text());
    }
    return json;
  }
}
