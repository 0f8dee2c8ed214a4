package dev.hexe.policy.importers.hexe;

import com.google.gson.JsonObject;
import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.lua.LuaSandbox;
import dev.hexe.policy.importers.lua.Recorder;
import dev.hexe.policy.importers.report.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaTable;

/** Runs hexe's {@code init.lua}, and takes what it says of isolation and of floats. */
public final class InitLuaImporter implements Importer {
  private static final String ISOLATION = "ses.isolation.set";
  private static final String LAYOUT = "ses.layout.define";
  private static final Pattern CALL = Pattern.compile("\\b(hexe|hx)\\.[a-z_]+\\.");

  @Override
  public Kind kind() {
    return Kind.INIT_LUA;
  }

  @Override
  public boolean recognises(Source source) {
    return (source.lowerName().endsWith(".lua") && CALL.matcher(source.text()).find())
        || source.text().contains("hexe.ses.")
        || source.text().contains("hx.ses.");
  }

  /**
   * The things that were said, in that order: floats depend on what is said of isolation anywhere.
   */
  private record Said(Place place, Fields fields) {}

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    List<Said> isolation = new ArrayList<>();
    List<Said> layouts = new ArrayList<>();
    Recorder recorder =
        new Recorder() {
          @Override
          public void called(String function, LuaTable argument, String name, int line) {
            Place place = new Place(source.name(), line);
            (function.equals(ISOLATION) ? isolation : layouts)
                .add(new Said(place, LuaFields.of(argument)));
          }

          @Override
          public void ignored(String what, int line) {
            imported
                .report()
                .lost(new Place(source.name(), line), what, "it says nothing of isolation");
          }
        };
    new LuaSandbox("hexe", Set.of(ISOLATION, LAYOUT), recorder)
        .run(source.name(), source.text(), List.of("hx"));
    Floats floats = new Floats(imported);
    isolation.forEach(said -> floats.isolation(said.fields(), said.place()));
    layouts.forEach(said -> floats.layout(said.fields(), said.place()));
    if (isolation.isEmpty() && layouts.isEmpty()) {
      imported
          .report()
          .lost(Place.all(source.name()), "all of it", "neither isolation nor a layout is in it");
      floats.isolation(new Fields(new JsonObject()), Place.all(source.name()));
    }
    return imported;
  }
}
