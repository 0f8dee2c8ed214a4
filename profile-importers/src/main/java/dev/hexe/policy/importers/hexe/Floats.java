package dev.hexe.policy.importers.hexe;

import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.draft.Value.Pairs;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import dev.hexe.policy.profiles.Profiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes {@code config.yaml} and a profile for each float of what a configuration says. */
final class Floats {
  private static final String CONFIG = "config.yaml";
  private static final String DEFAULT = "default";

  /** What a float has that this is not about. */
  private static final Set<String> TAKEN =
      Set.of(
          "command",
          "title",
          "enabled",
          "isolation",
          "attributes",
          "attrs",
          "name",
          "width_percent",
          "height_percent",
          "pos_x",
          "pos_y",
          "size",
          "position",
          "key");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final Imported imported;
  private final Report report;
  private final FloatNames names = new FloatNames();
  private Optional<String> usual = Optional.empty();
  private boolean allIsolated;

  Floats(Imported imported) {
    this.imported = imported;
    this.report = imported.report();
    imported.file(CONFIG);
  }

  /** {@code ses.isolation.set}: for everything that is started. */
  void isolation(Fields all, Place place) {
    Draft config = imported.file(CONFIG);
    all.text("profile").ifPresent(name -> usual = profile(name, place));
    usual.ifPresent(
        name -> {
          config.set(DEFAULT, name);
          report.carried(place, "profile = " + name, DEFAULT);
        });
    limits(all, place, config);
    unknown(all, place, "");
  }

  /** Names what else a table of isolation says. */
  private void unknown(Fields isolation, Place place, String label) {
    isolation.names().stream()
        .filter(it -> !Set.of("profile", "memory", "pids", "cpu").contains(it))
        .forEach(it -> report.lost(place, label + it, "nothing here says the same"));
  }

  private Optional<String> profile(String name, Place place) {
    if (name.equals(DEFAULT) || Profiles.builtInNames().contains(name)) {
      return Optional.of(name);
    }
    if (NAME.matcher(name).matches()) {
      report.approximated(
          place,
          "profile = " + name,
          "none that is shipped has this name: nothing runs under it until you have written one");
      return Optional.of(name);
    }
    report.lost(
        place, "profile = " + name, "no profile can have this name: `isolated` stands for it");
    return Optional.of("isolated");
  }

  private void limits(Fields from, Place place, Draft to) {
    for (String name : List.of("memory", "pids", "cpu")) {
      from.text(name)
          .ifPresent(
              value -> {
                if (isLimit(name, value)) {
                  to.set("limits." + name, value);
                  report.carried(place, name + " = " + value, "limits." + name);
                } else {
                  report.lost(place, name + " = " + value, "it is no limit that can be set");
                }
              });
    }
  }

  private static boolean isLimit(String name, String value) {
    return switch (name) {
      case "memory" -> value.matches("max|[1-9][0-9]{0,14}[KMGT]?");
      case "pids" -> value.matches("max|[1-9][0-9]{0,6}");
      default ->
          value.matches(
              "max|[1-9][0-9]{0,6} [1-9][0-9]{3,6}|[0-9]{1,4}(\\.[0-9]{1,3})?|[1-9][0-9]{0,4}%");
    };
  }

  /** The floats of a layout. One without a key says what holds for all of them. */
  void layout(Fields layout, Place place) {
    if (layout.flag("enabled").filter(it -> !it).isPresent()) {
      report.lost(place, "layout " + layout.text("name").orElse(""), "it is not enabled");
      return;
    }
    for (Fields one : layout.list("floats")) {
      if (!one.has("key") && !one.has("command")) {
        allIsolated |= isIsolated(one);
        report.carried(place, "a float without a key", "what it says holds for all of them");
      } else if (one.flag("enabled").filter(it -> !it).isPresent()) {
        report.lost(place, label(one), "it is not enabled");
      } else {
        add(one, place);
      }
    }
    layout
        .noTables("floats")
        .forEach(
            it ->
                report.lost(
                    place,
                    "floats: " + it,
                    "it is no table, or stands in a file that is not read"));
    layout.names().stream()
        .filter(it -> !Set.of("name", "enabled", "floats").contains(it))
        .forEach(it -> report.lost(place, it, "the arrangement of windows is the multiplexer's"));
  }

  private static String label(Fields one) {
    return "float "
        + one.text("title")
            .or(() -> one.text("name"))
            .or(() -> one.text("command"))
            .or(() -> one.text("key"))
            .orElse("");
  }

  /** The table of attributes, by either of its names. */
  private static Fields attributes(Fields one) {
    return one.fields(one.has("attrs") ? "attrs" : "attributes");
  }

  /** What is neither true nor false was meant to isolate. */
  private static boolean isIsolated(Fields one) {
    Fields attributes = attributes(one);
    return attributes
        .flag("isolated")
        .or(() -> one.flag("isolation"))
        .orElse(attributes.has("isolated"));
  }

  /** The profile, where a word stands in the place of the table. */
  private static Optional<String> word(Fields one) {
    return one.flag("isolation").isPresent() ? Optional.empty() : one.text("isolation");
  }

  private void add(Fields one, Place place) {
    String name = names.of(one);
    Draft profile = imported.file("floats/" + name + ".yaml");
    Fields isolation = one.fields("isolation");
    String base =
        isolation
            .text("profile")
            .or(() -> word(one))
            .flatMap(it -> profile(it, place))
            .orElse(allIsolated || isIsolated(one) ? "isolated" : usual.orElse("none"));
    profile.set("summary", label(one));
    profile.set("extends", base);
    limits(isolation, place, profile);
    unknown(isolation, place, label(one) + ": isolation: ");
    entry(name, one);
    report.carried(place, label(one), "apply @" + name);
    rest(one, place);
  }

  private void entry(String name, Fields one) {
    Map<String, Value> entry = new LinkedHashMap<>();
    entry.put("profile", Value.word("./floats/" + name + ".yaml"));
    one.text("command").ifPresent(command -> entry.put("command", Value.word(command)));
    one.text("title").ifPresent(title -> entry.put("title", Value.word(title)));
    size(one).ifPresent(size -> entry.put("size", Value.word(size)));
    imported.file(CONFIG).put("floats", name, new Pairs(entry));
  }

  /** {@code width,height,x,y} in per cent. */
  private static Optional<String> size(Fields one) {
    Optional<String> width = one.text("width_percent").or(() -> one.fields("size").text("width"));
    Optional<String> height =
        one.text("height_percent").or(() -> one.fields("size").text("height"));
    Optional<String> x = one.text("pos_x").or(() -> one.fields("position").text("x"));
    Optional<String> y = one.text("pos_y").or(() -> one.fields("position").text("y"));
    boolean none = width.isEmpty() && height.isEmpty() && x.isEmpty() && y.isEmpty();
    String size =
        width.orElse("60")
            + ","
            + height.orElse("60")
            + ","
            + x.orElse("50")
            + ","
            + y.orElse("50");
    return none || !size.matches("([0-9]{1,3},){3}[0-9]{1,3}")
        ? Optional.empty()
        : Optional.of(size);
  }

  private void noTable(Fields one, String table, String value, Place place) {
    String said = label(one) + ": " + table + " = " + value;
    if (table.equals("isolation") && word(one).isPresent()) {
      report.approximated(place, said, "it is no table; its word counts as the profile");
    } else {
      report.lost(place, said, "it is no table");
    }
  }

  private void rest(Fields one, Place place) {
    one.names().stream()
        .filter(it -> !TAKEN.contains(it))
        .forEach(
            it -> report.lost(place, label(one) + ": " + it, "how it looks is the multiplexer's"));
    for (String table : List.of("isolation", "attributes", "attrs")) {
      one.noTables(table).forEach(it -> noTable(one, table, it, place));
    }
    if (attributes(one).has("isolated") && attributes(one).flag("isolated").isEmpty()) {
      report.approximated(
          place, label(one) + ": isolated", "it is neither true nor false, and counts as true");
    }
    attributes(one).names().stream()
        .filter(it -> !it.equals("isolated"))
        .forEach(
            it ->
                report.lost(
                    place, label(one) + ": " + it, "when it is shown is the multiplexer's"));
    if (one.has("key")) {
      report.lost(
          place, label(one) + ": key", "keys are the multiplexer's: bind `hexe-policy float @…`");
    }
  }
}
