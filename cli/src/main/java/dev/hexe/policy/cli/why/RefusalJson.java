package dev.hexe.policy.cli.why;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.hexe.policy.cli.text.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Refusals of a run, for programs: a line for each.
 *
 * <ul>
 *   <li>{@code format}, {@code tried} (what was wanted), {@code call}, {@code error} and {@code
 *       subject}; {@code path} or {@code address} and {@code port}, where there are; {@code paths},
 *       how many it stands for
 *   <li>{@code count}; {@code process} of the first one outside and {@code inside}, its {@code
 *       command}; 0 and empty where it was the gateway that was asked
 *   <li>{@code because}, {@code line}, {@code guarantee}, {@code mechanism} and {@code fix} as in
 *       {@link WhyJson}
 *   <li>the last line has {@code watched}, {@code problem}, {@code refused}, how many lines there
 *       are, {@code failed}, how many calls failed, and {@code lost}
 * </ul>
 */
public final class RefusalJson {
  private RefusalJson() {}

  public static String of(List<Refusal> refusals, ObservedRun run) {
    Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    List<String> lines = new ArrayList<>();
    refusals.forEach(it -> lines.add(gson.toJson(refusal(it))));
    JsonObject end = Json.document();
    end.addProperty("watched", run.watched());
    end.addProperty("problem", run.problem());
    end.addProperty("refused", refusals.size());
    end.addProperty("failed", run.failed());
    end.addProperty("lost", run.lost());
    lines.add(gson.toJson(end));
    return String.join("\n", lines) + "\n";
  }

  private static JsonObject refusal(Refusal refusal) {
    Observed it = refusal.observed();
    JsonObject json = Json.document();
    json.addProperty("tried", it.want());
    json.addProperty("call", it.call());
    json.addProperty("error", it.error());
    json.addProperty("subject", refusal.subject());
    if (!it.path().isEmpty()) {
      json.addProperty("path", it.path());
    }
    if (!it.address().isEmpty() && !it.want().equals("call")) {
      json.addProperty("address", it.address());
      json.addProperty("port", it.port());
    }
    json.addProperty("paths", refusal.paths());
    json.addProperty("count", it.count());
    json.addProperty("process", it.process());
    json.addProperty("inside", it.inside());
    json.addProperty("command", it.command());
    json.addProperty("because", refusal.answer().reason());
    WhyJson.addRule(json, refusal.answer());
    return json;
  }
}
