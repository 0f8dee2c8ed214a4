package dev.hexe.policy.importers.container;

import dev.hexe.policy.importers.container.DockerfileLines.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stages of a Dockerfile, of which the last one counts, with those that it begins with. */
final class DockerfileStages {
  private static final Pattern FROM =
      Pattern.compile("(?i)(?:--\\S+\\s+)*(\\S+)(?:\\s+AS\\s+(\\S+))?.*");

  private final Map<String, Integer> named = new HashMap<>();
  private final List<Optional<Integer>> bases = new ArrayList<>();

  DockerfileStages(List<Instruction> instructions) {
    instructions.stream().filter(DockerfileStages::begins).forEach(this::add);
  }

  static boolean begins(Instruction instruction) {
    return instruction.word().equals("FROM");
  }

  private void add(Instruction from) {
    Matcher words = FROM.matcher(from.value());
    Optional<Integer> base = Optional.empty();
    if (words.matches()) {
      base = Optional.ofNullable(named.get(words.group(1).toLowerCase(Locale.ROOT)));
      Optional.ofNullable(words.group(2))
          .ifPresent(name -> named.put(name.toLowerCase(Locale.ROOT), bases.size()));
    }
    bases.add(base);
  }

  /** Those that count, by number; what stands above the first one is none. */
  Set<Integer> counting() {
    Set<Integer> all = new TreeSet<>();
    Optional<Integer> stage = bases.isEmpty() ? Optional.empty() : Optional.of(bases.size() - 1);
    while (stage.isPresent() && all.add(stage.get())) {
      stage = bases.get(stage.get());
    }
    return all;
  }
}
