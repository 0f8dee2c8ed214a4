package dev.hexe.policy.importers.container;

import dev.hexe.policy.importers.ImportException;
import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.draft.Draft;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the security options of a compose file: a profile for each service. */
public final class ComposeImporter implements Importer {
  private static final Pattern SERVICES = Pattern.compile("(?m)^services\\s*:");
  private static final int MOST_ALIASES = 50;

  @Override
  public Kind kind() {
    return Kind.COMPOSE;
  }

  @Override
  public boolean recognises(Source source) {
    return SERVICES.matcher(source.text()).find();
  }

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    Map<?, ?> services = map(load(source).get("services"));
    if (services.isEmpty()) {
      throw new ImportException(source.name() + ": no services are in it", "");
    }
    boolean only = services.size() == 1;
    services.forEach(
        (key, value) -> {
          String name = String.valueOf(key).replaceAll("[^A-Za-z0-9._-]", "-");
          Draft draft = imported.file(only ? "" : name + ".yaml");
          ComposeService service = new ComposeService(source, draft, imported, only);
          service.read(String.valueOf(key), map(value));
        });
    load(source)
        .keySet()
        .forEach(
            key -> {
              if (!String.valueOf(key).equals("services")) {
                imported
                    .report()
                    .lost(
                        new ComposePlaces(source).top(String.valueOf(key)),
                        String.valueOf(key),
                        key.equals("networks")
                            ? ComposeService.NO_NETWORKS
                            : "it says nothing of what a service may do");
              }
            });
    return imported;
  }

  static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
    return MergeKeys.merged(value);
  }

  private static Map<?, ?> load(Source source) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.name())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setCodePointLimit(1 << 20)
            .build();
    try {
      return map(new Load(settings).loadFromString(source.text()));
    } catch (YamlEngineException | StackOverflowError e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new ImportException(source.name() + ": is no YAML: " + message, "");
    }
  }
}
