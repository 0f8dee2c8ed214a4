package dev.hexe.policy.importers.container;

import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.container.DockerfileLines.Instruction;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import dev.hexe.policy.importers.shell.ShellScript;
import dev.hexe.policy.importers.shell.Word;
import java.util.List;
import java.util.Set;
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

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    Draft draft = imported.file("");
    Report report = imported.report();
    DockerfileCommand command = new DockerfileCommand(report);
    ContainerBase.say(draft, report, source.name());
    List<Instruction> instructions = DockerfileLines.of(source);
    Set<Integer> counting = new DockerfileStages(instructions).counting();
    int stage = -1;
    for (Instruction each : instructions) {
      stage += DockerfileStages.begins(each) ? 1 : 0;
      if (DockerfileStages.begins(each)) {
        command.begin();
      }
      if (stage < 0 || counting.contains(stage)) {
        if (!command.take(each)) {
          take(each, draft, report);
        }
      } else {
        report.lost(each.place(), each.line(), "a stage that is no part of the last one");
      }
    }
    imported.runs(command.words());
    return imported;
  }

  private void take(Instruction instruction, Draft draft, Report report) {
    String line = instruction.line();
    String value = instruction.value();
    Place place = instruction.place();
    switch (instruction.word()) {
      case "FROM" -> report.lost(place, line, "what is in an image is no matter of a profile");
      case "USER" -> ContainerBase.user(draft, report, place, line, value);
      case "ENV" -> environment(value, line, place, draft, report);
      case "VOLUME" -> volumes(value, line, place, draft, report);
      case "RUN" ->
          report.lost(
              place,
              line,
              line.contains("--security=insecure")
                  ? "a step of the build; it asks for more than a sandbox has"
                  : "a step of the build");
      case "COPY", "ADD", "ARG", "LABEL", "ONBUILD", "MAINTAINER" ->
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
        report.last(place, line, "environment.set: " + both[0]);
      }
    }
  }

  private static void volumes(String value, String line, Place place, Draft draft, Report report) {
    for (String path : DockerfileCommand.list(value).orElse(List.of(value.split("\\s+", -1)))) {
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
}
