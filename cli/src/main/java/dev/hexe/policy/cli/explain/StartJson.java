package dev.hexe.policy.cli.explain;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.profiles.setting.StartSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The start of a command for programs, of the rows of its settings; lists come last. */
final class StartJson {
  private StartJson() {}

  static JsonObject of(Startup startup) {
    JsonObject values = new JsonObject();
    JsonObject lists = new JsonObject();
    StartSettings.ROWS.forEach(
        row ->
            row.value()
                .apply(startup)
                .ifPresent(
                    value ->
                        (value instanceof List ? lists : values)
                            .add(camelCase(row.name()), element(value))));
    lists.entrySet().forEach(list -> values.add(list.getKey(), list.getValue()));
    return values;
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder(name);
    for (int at = camel.indexOf("-"); at >= 0; at = camel.indexOf("-")) {
      camel.deleteCharAt(at).setCharAt(at, Character.toUpperCase(camel.charAt(at)));
    }
    return camel.toString();
  }

  private static JsonElement element(Object value) {
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    }
    if (value instanceof List<?> list) {
      return Json.array(list, StartJson::element);
    }
    if (value instanceof Map<?, ?> map) {
      JsonObject members = new JsonObject();
      map.forEach((name, member) -> members.add(name.toString(), element(member)));
      return members;
    }
    if (value instanceof Optional<?> perhaps) {
      return perhaps.map(StartJson::element).orElse(JsonNull.INSTANCE);
    }
    return new JsonPrimitive(value.toString());
  }
}
