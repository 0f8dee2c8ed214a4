package dev.hexe.policy.importers.nsjail;

import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.nsjail.TextFormat.Field;
import dev.hexe.policy.importers.report.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a configuration of nsjail. */
public final class NsjailImporter implements Importer {
  private static final Pattern FIELD =
      Pattern.compile(
          "(?m)^\\s*(mount\\s*:?\\s*\\{|clone_new[a-z]+\\s*:|mode\\s*:\\s*[A-Z]+|exec_bin\\s*:?\\s*\\{|rlimit_[a-z]+\\s*:)");

  private static final Pattern MEMBER =
      Pattern.compile("\"(cloneNew[a-z]+|execBin|rlimit[A-Z][a-z]+|seccompString)\"\\s*:");

  @Override
  public Kind kind() {
    return Kind.NSJAIL;
  }

  @Override
  public boolean recognises(Source source) {
    return isJson(source)
        ? MEMBER.matcher(source.text()).find()
        : FIELD.matcher(source.text()).find();
  }

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    NsjailMounts mounts = new NsjailMounts(imported.file(""), imported.report());
    NsjailSettings settings = new NsjailSettings(imported.file(""), imported.report());
    for (Field field : fields(source)) {
      Place place = new Place(source.name(), field.line());
      switch (field.name()) {
        case "mount" -> mounts.add(place, field.fields());
        case "exec_bin" -> imported.runs(command(field.fields()));
        default -> settings.take(place, field);
      }
    }
    mounts.write(source.name());
    settings.write(source.name());
    return imported;
  }

  private static List<Field> fields(Source source) {
    return isJson(source) ? JsonFormat.read(source) : TextFormat.read(source.name(), source.text());
  }

  private static boolean isJson(Source source) {
    return source.text().stripLeading().startsWith("{");
  }

  private static List<String> command(List<Field> fields) {
    List<String> words = new ArrayList<>();
    fields.stream().filter(it -> it.name().equals("path")).forEach(it -> words.add(it.value()));
    fields.stream().filter(it -> it.name().equals("arg")).forEach(it -> words.add(it.value()));
    return words;
  }
}
