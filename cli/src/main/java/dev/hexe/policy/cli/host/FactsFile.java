package dev.hexe.policy.cli.host;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.yaml.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what {@code doctor --json} wrote on some host. */
public final class FactsFile {
  private static final String STDIN = "-";
  private static final int LARGEST = 4 << 20;

  private FactsFile() {}

  /**
   * The host that a file describes.
   *
   * @param name the file, or {@code -} for the standard input
   * @throws CommandException where it cannot be read or understood
   */
  public static Host read(String name) {
    String shown = name.equals(STDIN) ? "standard input" : Printable.text(name);
    try {
      return FactsJson.read(parse(text(name)));
    } catch (IOException e) {
      throw new CommandException(shown + ": cannot be read: " + FailureReason.of(e), "");
    } catch (JsonParseException | IllegalStateException e) {
      throw new CommandException(
          shown + ": not the JSON of a host", "use what `hexe-policy doctor --json` printed");
    } catch (CommandException e) {
      throw new CommandException(shown + ": " + e.getMessage(), e.help());
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream stream =
        name.equals(STDIN) ? System.in : Files.newInputStream(Path.of(name))) {
      byte[] bytes = stream.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new CommandException("longer than 4 MiB", "");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static JsonObject parse(String text) throws IOException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      return element.getAsJsonObject();
    }
  }
}
