package dev.hexe.policy.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.profiles.library.Listing;
import java.util.List;

/** The list of profiles for programs: each has {@code name}, {@code summary} and {@code origin}. */
final class ProfilesJson {
  private ProfilesJson() {}

  static String of(List<Listing> listings) {
    JsonArray profiles = new JsonArray();
    for (Listing listing : listings) {
      JsonObject profile = new JsonObject();
      profile.addProperty("name", listing.name());
      profile.addProperty("summary", listing.summary());
      profile.addProperty("origin", listing.origin());
      profiles.add(profile);
    }
    return Json.document("profiles", profiles);
  }
}
