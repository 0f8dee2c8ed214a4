import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Sets the digests of our own jars in a bill of materials to those of the jars that are packed: Maven writes it of the jars as
 * it built them, and in those that are packed lambdas are classes.
 *
 * <p>{@code PackedBill BILL LIBRARY OUTPUT}
 */
final class PackedBill {
  private static final String OURS = "dev.hexe.policy";

  private PackedBill() {}

  public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
    JsonObject bill = JsonParser.parseString(Files.readString(Path.of(arguments[0]))).getAsJsonObject();
    for (JsonElement component : bill.getAsJsonArray("components")) {
      correct(component.getAsJsonObject(), Path.of(arguments[1]));
    }
    String text = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(bill);
    Files.writeString(Path.of(arguments[2]), text + "\n");
  }

  private static void correct(JsonObject component, Path library) throws IOException, NoSuchAlgorithmException {
    JsonArray hashes = component.getAsJsonArray("hashes");
    if (hashes == null || !isOurJar(component)) {
      return;
    }
    byte[] jar = Files.readAllBytes(packed(component, library));
    for (JsonElement hash : hashes) {
      JsonObject one = hash.getAsJsonObject();
      MessageDigest digest = MessageDigest.getInstance(one.get("alg").getAsString());
      one.addProperty("content", HexFormat.of().formatHex(digest.digest(jar)));
    }
  }

  /** The launcher, which is no jar, is listed by its POM. */
  private static boolean isOurJar(JsonObject component) {
    return component.has("group")
        && component.get("group").getAsString().equals(OURS)
        && component.get("purl").getAsString().endsWith("type=jar");
  }

  private static Path packed(JsonObject component, Path library) throws IOException {
    String name = component.get("name").getAsString() + "-" + component.get("version").getAsString() + ".jar";
    for (Path place : List.of(library, library.resolve("gateway"))) {
      if (Files.exists(place.resolve(name))) {
        return place.resolve(name);
      }
    }
    throw new IOException("`" + name + "`, which the bill of materials lists with digests, is not packed");
  }
}
