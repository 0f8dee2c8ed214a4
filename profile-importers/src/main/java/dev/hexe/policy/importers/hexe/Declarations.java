package dev.hexe.policy.importers.hexe;

import dev.hexe.policy.importers.lua.Recorder;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The declarations of a script, in either of hexe's ways: {@code ses.layout.define} and {@code
 * ses.isolation.set}, or {@code layout} and {@code float} by name; and tables that it assigns or
 * returns. Written at the end, as floats depend on what is said of isolation anywhere.
 */
final class Declarations implements Recorder {
  private static final String NOTHING = "it says nothing of isolation";
  private static final String FLOAT = "float";

  /** Those that are heard. */
  static final Set<String> FUNCTIONS =
      Set.of("ses.isolation.set", "ses.layout.define", "layout", "setup", FLOAT);

  private record Said(Place place, Fields fields) {}

  private final String file;
  private final Report report;
  private final List<Said> isolation = new ArrayList<>();
  private final List<Said> layouts = new ArrayList<>();
  private final Map<String, Place> floats = new TreeMap<>();

  Declarations(String file, Report report) {
    this.file = file;
    this.report = report;
  }

  @Override
  public void called(String function, LuaTable argument, String name, int line) {
    Place place = new Place(file, line);
    switch (function) {
      case FLOAT -> {
        if (argument.rawget("name").isnil()) {
          argument.rawset("name", LuaValue.valueOf(name));
        }
        floats.put(name, place);
      }
      case "setup" -> given(function, argument, line);
      case "ses.isolation.set" -> isolation.add(new Said(place, LuaFields.of(argument)));
      default -> layouts.add(new Said(place, LuaFields.of(argument).named("name", name)));
    }
  }

  @Override
  public void given(String what, LuaTable table, int line) {
    Place place = new Place(file, line);
    Fields all = LuaFields.of(table);
    List<Fields> found = all.tables(it -> it.has("floats"));
    found.forEach(it -> layouts.add(new Said(place, it)));
    Fields own = isolation(what, all);
    if (!own.names().isEmpty()) {
      isolation.add(new Said(place, own));
    }
    if (found.isEmpty() && own.names().isEmpty()) {
      ignored(what, line);
    } else if (!what.equals("ses.isolation") && !all.has("floats")) {
      all.names().stream()
          .filter(it -> !holds(all, it) && (!it.equals("isolation") || all.has("ses")))
          .forEach(it -> ignored(what + ": " + it, line));
    }
  }

  /** The part that is about isolation: {@code ses.isolation}, whoever of the two is assigned. */
  private static Fields isolation(String what, Fields all) {
    return switch (what) {
      case "ses.isolation" -> all;
      case "ses" -> all.fields("isolation");
      default -> all.has("ses") ? all.fields("ses").fields("isolation") : all.fields("isolation");
    };
  }

  private static boolean holds(Fields all, String part) {
    return !all.tables(part, it -> it.has("floats") || it.has("isolation")).isEmpty();
  }

  @Override
  public void ignored(String what, int line) {
    report.lost(new Place(file, line), what, NOTHING);
  }

  @Override
  public void unread(String what, int line) {
    report.lost(
        new Place(file, line), what, "no other file is read: `hexe-policy import` it by itself");
  }

  boolean isEmpty() {
    return isolation.isEmpty() && layouts.isEmpty();
  }

  /** Says all of it, and which floats are in no layout. */
  void write(Floats to) {
    isolation.forEach(said -> to.isolation(said.fields(), said.place()));
    layouts.forEach(said -> to.layout(said.fields(), said.place()));
    layouts.stream()
        .flatMap(said -> said.fields().list("floats").stream())
        .flatMap(one -> one.text("name").stream())
        .forEach(floats::remove);
    floats.forEach((name, place) -> report.lost(place, "float " + name, "no layout has it"));
  }
}
