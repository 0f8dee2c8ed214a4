package dev.hexe.policy.cli.host;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Remedy;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.JsonReading;
import dev.hexe.policy.cli.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A host as JSON and back.
 *
 * <ul>
 *   <li>{@code kernel}: its release
 *   <li>{@code caller}: {@code uid}, {@code gid}, {@code groups} and {@code capabilities}, the
 *       effective set in hexadecimal
 *   <li>{@code facts}: each with {@code name}, {@code available}, {@code value}, {@code evidence},
 *       {@code reason} and {@code fix}, which are empty where it is available, and {@code fixKind},
 *       see {@link dev.hexe.policy.api.host.Remedy}
 * </ul>
 */
final class FactsJson {
  private FactsJson() {}

  /** Adds a host to a document. */
  static void write(Host host, JsonObject document) {
    document.addProperty("kernel", host.kernel());
    document.add("caller", caller(host.caller()));
    document.add("facts", Json.array(host.facts().all(), FactsJson::fact));
  }

  /**
   * The host in a document.
   *
   * @throws CommandException where something is missing or of another kind
   */
  static Host read(JsonObject document) {
    JsonReading top = new JsonReading("", document);
    if (top.number("format") != Json.FORMAT) {
      throw new CommandException(
          "`format` is not " + Json.FORMAT, "use facts from a `hexe-policy` of the same version");
    }
    try {
      return new Host(top.text("kernel"), caller(top.object("caller")), new HostFacts(facts(top)));
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), "");
    }
  }

  private static JsonObject caller(Caller caller) {
    JsonObject json = new JsonObject();
    json.addProperty("uid", caller.uid());
    json.addProperty("gid", caller.gid());
    json.add("groups", Json.array(caller.groups().stream().sorted().toList(), JsonPrimitive::new));
    json.addProperty("capabilities", Long.toHexString(caller.capabilities()));
    return json;
  }

  private static Caller caller(JsonReading json) {
    Set<Long> groups = new HashSet<>();
    JsonArray array = json.array("groups");
    for (JsonElement group : array) {
      groups.add(json.number("groups", group));
    }
    return new Caller(
        json.number("uid"), json.number("gid"), groups, json.hexadecimal("capabilities"));
  }

  private static JsonObject fact(Fact fact) {
    JsonObject json = new JsonObject();
    json.addProperty("name", fact.name());
    json.addProperty("available", fact.available());
    json.addProperty("value", fact.value());
    json.addProperty("evidence", fact.evidence());
    json.addProperty("reason", fact.lack().reason());
    json.addProperty("fix", fact.lack().fix());
    json.addProperty("fixKind", Words.of(fact.lack().remedy()));
    return json;
  }

  // Older versions do not write it, and newer ones may have kinds that are not known here.
  private static Remedy remedy(JsonReading json) {
    if (json.json().has("fixKind")) {
      String word = json.text("fixKind");
      for (Remedy remedy : Remedy.values()) {
        if (Words.of(remedy).equals(word)) {
          return remedy;
        }
      }
    }
    return Remedy.ADVICE;
  }

  private static List<Fact> facts(JsonReading top) {
    List<Fact> facts = new ArrayList<>();
    for (JsonReading json : top.objects("facts")) {
      facts.add(
          new Fact(
              json.text("name"),
              json.flag("available"),
              json.number("value"),
              json.text("evidence"),
              new MissingFeature(json.text("reason"), json.text("fix"), remedy(json))));
    }
    return facts;
  }
}
