package dev.hexe.policy.cli.changes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Words;
import java.util.List;

/** Changes that are kept, for programs. */
public final class ChangesJson {
  private ChangesJson() {}

  public static String of(List<KeptRun> runs) {
    return Json.document("runs", Json.array(runs, ChangesJson::of));
  }

  private static JsonObject of(KeptRun run) {
    JsonObject members = new JsonObject();
    members.addProperty("id", run.id());
    members.addProperty("profile", run.profile());
    members.addProperty("home", run.home());
    members.addProperty("started", run.started().toString());
    members.addProperty("workingDirectory", run.workingDirectory());
    members.add("command", Json.strings(run.command()));
    members.addProperty("directory", run.directory().toString());
    members.addProperty("interrupted", run.isInterrupted());
    return members;
  }

  public static String of(KeptRun run, List<Change> changes) {
    ExecutedLater marks = new ExecutedLater();
    JsonObject document = Json.document();
    document.add("run", of(run));
    document.add("changes", Json.array(changes, change -> of(change, marks)));
    return Json.text(document);
  }

  private static JsonElement of(Change change, ExecutedLater marks) {
    JsonObject members = new JsonObject();
    members.addProperty("path", change.file());
    if (!change.path().isText()) {
      members.addProperty("pathEscaped", change.path().escaped());
    }
    members.addProperty("kind", Words.of(change.kind()));
    members.addProperty("state", Words.of(change.state()));
    if (change.state() != Change.State.CLEAN) {
      members.addProperty("reason", change.reason());
    }
    members.addProperty(
        "type",
        change.isDirectory()
            ? "directory"
            : change.isLink() ? "symlink" : change.isFile() ? "file" : "other");
    members.addProperty("modeBefore", Integer.toOctalString(change.before() & 07777));
    members.addProperty("modeAfter", Integer.toOctalString(change.after() & 07777));
    members.addProperty("sizeBefore", change.sizeBefore());
    members.addProperty("sizeAfter", change.sizeAfter());
    if (change.isLink() && change.kind() != Change.Kind.REMOVE) {
      members.addProperty("target", change.link().text());
      members.addProperty("leadsOut", change.leadsOut());
    }
    marks.reason(change).ifPresent(reason -> members.addProperty("executedLater", reason));
    return members;
  }
}
