package dev.hexe.policy.importers.hexe;

import com.google.gson.JsonObject;
import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.JsonSource;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.report.Place;
import java.util.Set;

/** Reads hexe's {@code mux.json}: its floats, and which of them are isolated. */
public final class MuxJsonImporter implements Importer {
  @Override
  public Kind kind() {
    return Kind.MUX_JSON;
  }

  @Override
  public boolean recognises(Source source) {
    return source.text().stripLeading().startsWith("{") && source.text().contains("\"floats\"");
  }

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    JsonObject object = JsonSource.object(source);
    Floats floats = new Floats(imported);
    Place place = new Place(source.name(), JsonSource.line(source, "floats"));
    JsonObject layout = new JsonObject();
    if (object.has("floats")) {
      layout.add("floats", object.get("floats"));
    }
    floats.layout(new Fields(layout), place);
    object.keySet().stream()
        .filter(it -> !Set.of("floats").contains(it))
        .forEach(
            it ->
                imported
                    .report()
                    .lost(
                        new Place(source.name(), JsonSource.line(source, it)),
                        it,
                        "it says nothing of isolation"));
    return imported;
  }
}
