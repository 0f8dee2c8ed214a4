package dev.hexe.policy.cli.repair;

import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Remedy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that would mend a host, as one script for its administrator to review. */
public final class RepairScript {
  private static final String INTERPRETER = "#!/usr/bin/env bash";
  private static final List<String> CONTAINERS =
      List.of("/run/systemd/container", "/.dockerenv", "/run/.containerenv");

  private final Collection<Fact> facts;
  private final HostReader reader;
  private final String launcher;

  /** A script for what {@code facts} lack; the launcher's path is without symlinks. */
  public RepairScript(Collection<Fact> facts, HostReader reader, String launcher) {
    this.facts = List.copyOf(facts);
    this.reader = reader;
    this.launcher = launcher;
  }

  /** The text. */
  public String text() {
    List<MissingFeature> lacks =
        facts.stream().filter(fact -> !fact.available()).map(Fact::lack).distinct().toList();
    Set<Remedy> remedies =
        lacks.stream()
            .map(MissingFeature::remedy)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Remedy.class)));
    List<Step> steps = new Steps(reader, launcher).of(remedies);
    List<String> parts = new ArrayList<>();
    parts.add(steps.isEmpty() ? nothing() : header(steps));
    for (int i = 0; i < steps.size(); i++) {
      parts.add(step(i + 1, steps.get(i)));
    }
    List<String> left = left(lacks);
    if (!left.isEmpty()) {
      parts.add("# What no script can mend:\n" + String.join("\n", left));
    }
    return String.join("\n\n", parts);
  }

  private static String nothing() {
    return INTERPRETER + "\n# hexe-policy found nothing here that a script could mend.";
  }

  private String header(List<Step> steps) {
    List<String> lines = new ArrayList<>();
    lines.add(INTERPRETER);
    lines.add("# What hexe-policy lacks on this host, mended: review it, then run it as root.");
    lines.add("# It can be run more than once. hexe-policy itself has executed nothing of it.");
    if (CONTAINERS.stream().anyMatch(mark -> reader.read(mark).isPresent())) {
      lines.add("# This seems to be a container: what is about the kernel belongs on its host.");
    }
    for (int i = 0; i < steps.size(); i++) {
      lines.add(Shell.comment("  " + (i + 1) + ". " + steps.get(i).title()));
    }
    lines.add("set -eu");
    lines.add("");
    lines.add("[ \"$(id -u)\" -eq 0 ] || { echo 'run this as root' >&2; exit 1; }");
    return String.join("\n", lines);
  }

  private static String step(int number, Step step) {
    List<String> lines = new ArrayList<>();
    lines.add(Shell.comment(number + ". " + step.title()));
    step.why().forEach(line -> lines.add(Shell.comment("   " + line)));
    lines.add(step.commands());
    return String.join("\n", lines);
  }

  private static List<String> left(List<MissingFeature> lacks) {
    return lacks.stream()
        .filter(lack -> lack.remedy() == Remedy.ADVICE)
        .map(lack -> lack.reason() + (lack.fix().isEmpty() ? "" : ": " + lack.fix()))
        .distinct()
        .map(text -> Shell.comment("  - " + text))
        .toList();
  }
}
