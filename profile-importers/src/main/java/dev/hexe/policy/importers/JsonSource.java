package dev.hexe.policy.importers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.regex.Pattern;

/** Sources in JSON, with comments where programs allow them. */
public final class JsonSource {
  private JsonSource() {}

  /**
   * The object that a source is.
   *
   * @throws ImportException where it is none
   */
  public static JsonObject object(Source source) {
    try {
      JsonElement root = JsonParser.parseString(source.text());
      if (root instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException | IllegalStateException | StackOverflowError e) {
      throw new ImportException(source.name() + ": is not JSON", "");
    }
    throw new ImportException(source.name() + ": is no JSON object", "");
  }

  /** The first line that has a member of this name; 0 where none has. */
  public static int line(Source source, String name) {
    String[] lines = source.text().split("\n", -1);
    Pattern member = Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:");
    for (int i = 0; i < lines.length; i++) {
      if (member.matcher(lines[i]).find()) {
        return i + 1;
      }
    }
    return 0;
  }
}
