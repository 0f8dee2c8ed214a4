package dev.hexe.policy.importers.hexe;

import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.lua.LuaSandbox;
import dev.hexe.policy.importers.report.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Runs hexe's {@code init.lua}, and takes what it says of isolation and of floats. */
public final class InitLuaImporter implements Importer {
  private static final Pattern CALL = Pattern.compile("\\b(hexe|hx)\\.[a-z_]+[.(]");

  private final String home;

  /** For a user's home, which scripts ask for. */
  public InitLuaImporter(Path home) {
    this.home = home.toString();
  }

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

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    Declarations said = new Declarations(source.name(), imported.report());
    new LuaSandbox("hexe", Declarations.FUNCTIONS, said, home)
        .run(source.name(), source.text(), List.of("hx"));
    said.write(new Floats(imported));
    if (said.isEmpty()) {
      imported
          .report()
          .lost(Place.all(source.name()), "all of it", "neither isolation nor a layout is in it");
    }
    return imported;
  }
}
