package dev.hexe.policy.importers.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import dev.hexe.policy.importers.shell.ShellScript;
import dev.hexe.policy.importers.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what a Dockerfile says of the user, the environment and the command of its last stage. */
public final class DockerfileImporter implements Importer {
  private static final Pattern FROM = Pattern.compile("(?mi)^\\s*FROM\\s+\\S+");

  @Override
  public Kind kind() {
    return Kind.DOCKERFILE;
  }

  @Override
  public boolean recognises(Source source) {
    String name = source.lowerName();
    return (name.contains("dockerfile")
            || name.contains("containerfile")
            || source.text().contains("\nRUN "))
        && FROM.matcher(source.text()).find();
  }

  private List<String> entry = List.of();
  private List<String> command = List.of();

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    Draft draft = imported.file("");
    Report report = imported.report();
    entry = List.of();
    command = List.of();
    ContainerBase.say(draft, report, source.name());
    String[] lines = source.text().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int start = i + 1;
      StringBuilder whole = new StringBuilder(lines[i].strip());
      while (whole.length() > 0
          && whole.charAt(whole.length() - 1) == '\\'
          && i + 1 < lines.length) {
        whole.setLength(whole.length() - 1);
        i++;
        String next = lines[i].strip();
        whole.append(' ').append(next.startsWith("#") ? "\\" : next);
      }
      String line = whole.toString().strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        take(line, new Place(source.name(), start), draft, report);
      }
    }
    List<String> words = new ArrayList<>(entry);
    words.addAll(command);
    imported.runs(words);
    return imported;
  }

  private void take(String line, Place place, Draft draft, Report report) {
    String[] both = line.split("\\s+", 2);
    String value = both.length > 1 ? both[1] : "";
    switch (both[0].toUpperCase(Locale.ROOT)) {
      case "FROM" -> {
        draft.remove("environment.set").remove("identity");
        entry = List.of();
        command = List.of();
        report.lost(place, line, "what is in an image is no matter of a profile");
      }
      case "USER" -> ContainerBase.user(draft, report, place, line, value);
      case "ENV" -> environment(value, line, place, draft, report);
      case "ENTRYPOINT" -> {
        entry = words(value);
        report.carried(place, line, "the command to run");
      }
      case "CMD" -> {
        command = words(value);
        report.carried(place, line, "the command to run");
      }
      case "VOLUME" -> volumes(value, line, place, draft, report);
      case "RUN" ->
          report.lost(
              place,
              line,
              line.contains("--security=insecure")
                  ? "a step of the build; it asks for more than a sandbox has"
                  : "a step of the build");
      case "COPY", "ADD", "ARG", "LABEL", "ONBUILD", "MAINTAINER", "SHELL" ->
          report.lost(place, line, "a step of the build");
      case "EXPOSE" ->
          report.lost(
              place,
              line,
              "the network is the host's; `network.publish` opens a port where it is not");
      case "WORKDIR" ->
          report.lost(place, line, "a directory of the image; `start.cwd` names one of the host's");
      default -> report.lost(place, line, "nothing here says the same");
    }
  }

  private static void environment(
      String value, String line, Place place, Draft draft, Report report) {
    boolean pairs = value.matches("[A-Za-z_][A-Za-z0-9_]*=(?s).*");
    List<String> all =
        pairs
            ? ShellScript.words(value).stream().map(Word::text).toList()
            : List.of(value.replaceFirst("\\s+", "="));
    for (String pair : all) {
      String[] both = pair.split("=", 2);
      if (both.length < 2 || both[1].contains("$") || !both[0].matches("[A-Za-z_][A-Za-z0-9_]*")) {
        report.lost(place, line, "a profile sets no value with a variable in it");
      } else {
        draft.put("environment.set", both[0], Value.word(both[1]));
        report.carried(place, line, "environment.set");
      }
    }
  }

  private static void volumes(String value, String line, Place place, Draft draft, Report report) {
    for (String path : words(value)) {
      if (path.matches("/[A-Za-z0-9._/-]+")
          && !path.startsWith("/usr")
          && !path.startsWith("/etc")
          && !path.startsWith("/tmp")) {
        draft.add("files.tmpfs", Value.pairs("at", path.replaceAll("/+$", ""), "size", "1G"));
        report.approximated(place, line, "files.tmpfs: nothing of it remains");
      } else {
        report.lost(place, line, "it lies in the system of the host");
      }
    }
  }

  /** A JSON list is words, anything else a line for the shell. */
  private static List<String> words(String value) {
    try {
      if (value.startsWith("[") && JsonParser.parseString(value) instanceof JsonArray list) {
        List<String> words = new ArrayList<>();
        for (JsonElement item : list) {
          words.add(item.isJsonPrimitive() ? item.getAsString() : item.toString());
        }
        return words;
      }
    } catch (JsonParseException | StackOverflowError e) {
      return List.of("/bin/sh", "-c", value);
    }
    return value.startsWith("/") && value.matches("[A-Za-z0-9._/ -]+")
        ? List.of(value.split(" +", -1))
        : List.of("/bin/sh", "-c", value);
  }
}
