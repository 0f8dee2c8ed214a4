package dev.hexe.policy.importers.nsjail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.hexe.policy.importers.JsonSource;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.nsjail.TextFormat.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Protocol buffers as JSON, whose members have the fields' names in camel case or as they are. */
final class JsonFormat {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])[A-Z]");

  private final Source source;

  private JsonFormat(Source source) {
    this.source = source;
  }

  /** The fields of a source, in order. */
  static List<Field> read(Source source) {
    return new JsonFormat(source).fields(JsonSource.object(source));
  }

  private List<Field> fields(JsonObject object) {
    List<Field> fields = new ArrayList<>();
    object.asMap().forEach((name, value) -> add(name, value, fields));
    return fields;
  }

  private void add(String member, JsonElement value, List<Field> fields) {
    String name =
        HUMP.matcher(member).replaceAll(hump -> "_" + hump.group()).toLowerCase(Locale.ROOT);
    int line = JsonSource.line(source, member);
    if (value instanceof JsonArray array) {
      array.forEach(item -> add(member, item, fields));
    } else if (value instanceof JsonObject object) {
      fields.add(new Field(name, "", fields(object), line));
    } else if (!value.isJsonNull()) {
      fields.add(new Field(name, value.getAsString(), List.of(), line));
    }
  }
}
