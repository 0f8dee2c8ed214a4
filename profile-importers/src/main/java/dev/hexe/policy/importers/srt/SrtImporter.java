package dev.hexe.policy.importers.srt;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.hexe.policy.importers.CallLists;
import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.JsonSource;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import dev.hexe.policy.profiles.network.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads settings of sandbox-runtime: all can be read but what is denied, and little be written. */
public final class SrtImporter implements Importer {
  private static final Pattern DOMAIN =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
  private static final Pattern LIKE_ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
  private static final Map<String, String> NOT_HERE =
      Map.of(
          "ignoreViolations", "what is refused is reported by `hexe-policy why`, for each run",
          "ripgrep", "no other program is needed to find files",
          "mandatoryDenySearchDepth", "files are protected at known places, see docs/protected.md",
          "enableWeakerNestedSandbox", "`demand` says what may fall short",
          "allowPty", "the command has a terminal of its own",
          "allowAppleEvents", "there are none on Linux");

  @Override
  public Kind kind() {
    return Kind.SRT;
  }

  @Override
  public boolean recognises(Source source) {
    String text = source.text();
    return text.stripLeading().startsWith("{")
        && (text.contains("\"allowWrite\"")
            || text.contains("\"allowedDomains\"")
            || text.contains("\"denyRead\""));
  }

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    JsonObject settings = JsonSource.object(source);
    Draft draft = imported.file("");
    Report report = imported.report();
    base(draft);
    SrtFiles files = new SrtFiles(draft, report, source);
    files.read(object(settings, "filesystem"));
    network(object(settings, "network"), draft, report, source);
    for (String key : settings.keySet()) {
      if (!key.equals("filesystem") && !key.equals("network")) {
        report.lost(
            place(source, key), key, NOT_HERE.getOrDefault(key, "nothing here says the same"));
      }
    }
    return imported;
  }

  private static void base(Draft draft) {
    draft.set("identity", "self").set("mounts", "private").set("terminal", "safe");
    draft.set("processes.others", "invisible").set("processes.reach-others", "denied");
    draft.set("start.die-with-parent", "true").set("privileges.gain", "never");
    draft.put(
        "demand", "identity", dev.hexe.policy.importers.draft.Value.pairs("required", "partial"));
  }

  private static void network(JsonObject network, Draft draft, Report report, Source source) {
    List<String> allowed = strings(network, "allowedDomains");
    List<String> taken = new ArrayList<>();
    for (String domain : allowed) {
      boolean likeAddress = LIKE_ADDRESS.matcher(domain).matches();
      boolean address = likeAddress && Addresses.isAddress(domain);
      if (address && !domain.startsWith("127.")) {
        taken.addAll(List.of(domain + ":80", domain + ":443"));
        report.approximated(
            place(source, "allowedDomains"), domain, "network.allow, at ports 80 and 443");
      } else if (address) {
        report.lost(place(source, "allowedDomains"), domain, "the loopback is the sandbox's own");
      } else if (likeAddress) {
        report.lost(place(source, "allowedDomains"), domain, "it is no address");
      } else if (DOMAIN.matcher(domain).matches()) {
        taken.add(domain);
        report.approximated(
            place(source, "allowedDomains"), domain, "network.allow, at ports 80 and 443");
      } else {
        report.lost(
            place(source, "allowedDomains"),
            domain,
            "a name has a dot in it; the loopback is the sandbox's own");
      }
    }
    if (taken.isEmpty()) {
      draft.set("network", "none");
      report.carried(place(source, "allowedDomains"), "allowedDomains: []", "network");
    }
    taken.forEach(domain -> draft.add("network.allow", domain));
    for (String domain : strings(network, "deniedDomains")) {
      if (!taken.isEmpty() && DOMAIN.matcher(domain).matches()) {
        draft.add("network.deny", domain);
      }
      report.carried(place(source, "deniedDomains"), domain, "network.deny");
    }
    sockets(network, draft, report, source);
  }

  private static void sockets(JsonObject network, Draft draft, Report report, Source source) {
    boolean all =
        network.get("allowAllUnixSockets") instanceof JsonPrimitive value
            && value.getAsString().equals("true");
    if (all) {
      report.carried(
          place(source, "allowAllUnixSockets"), "allowAllUnixSockets", "none is refused");
    } else {
      new CallLists(draft, report).noFamilies(List.of(1));
      report.carried(Place.all(source.name()), "no sockets in the file system", "syscalls.deny");
    }
    for (String key : network.keySet()) {
      switch (key) {
        case "allowedDomains", "deniedDomains", "allowAllUnixSockets" -> {}
        case "allowLocalBinding" ->
            report.approximated(
                place(source, key),
                key,
                "a port of the sandbox's own loopback can be bound; `network.publish` opens it to the host");
        default ->
            report.lost(
                place(source, key), key, "the gateway has its own way: see docs/network.md");
      }
    }
  }

  static Place place(Source source, String key) {
    return new Place(source.name(), JsonSource.line(source, key));
  }

  private static JsonObject object(JsonObject from, String key) {
    return from.get(key) instanceof JsonObject object ? object : new JsonObject();
  }

  static List<String> strings(JsonObject from, String key) {
    List<String> strings = new ArrayList<>();
    if (from.get(key) instanceof JsonArray array) {
      for (JsonElement item : array) {
        if (item.isJsonPrimitive()) {
          strings.add(item.getAsString());
        }
      }
    }
    return strings;
  }
}
