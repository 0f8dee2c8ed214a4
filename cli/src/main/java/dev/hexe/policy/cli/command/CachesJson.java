package dev.hexe.policy.cli.command;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.hexe.policy.cli.plan.ProjectCaches;
import dev.hexe.policy.cli.text.Json;
import java.util.List;

/** The caches of projects for programs. */
final class CachesJson {
  private CachesJson() {}

  static String of(List<ProjectCaches.Kept> caches) {
    return Json.document("caches", Json.array(caches, CachesJson::of));
  }

  private static JsonElement of(ProjectCaches.Kept kept) {
    JsonObject members = new JsonObject();
    members.addProperty("name", kept.name());
    members.addProperty("project", kept.project());
    members.addProperty("directory", kept.directory().toString());
    members.addProperty("slots", kept.slots());
    members.addProperty("bytes", kept.bytes());
    members.addProperty("inUse", kept.inUse());
    return members;
  }
}
