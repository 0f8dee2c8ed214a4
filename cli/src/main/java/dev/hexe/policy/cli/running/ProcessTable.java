package dev.hexe.policy.cli.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All processes that can be seen, as they were at one moment. */
final class ProcessTable {
  private final Map<Long, ProcessEntry> entries;

  private ProcessTable(Map<Long, ProcessEntry> entries) {
    this.entries = entries;
  }

  static ProcessTable read(Path proc) {
    Map<Long, ProcessEntry> entries = new TreeMap<>();
    try (Stream<Path> files = Files.list(proc)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[1-9][0-9]{0,8}"))
          .forEach(
              name ->
                  ProcessEntry.read(proc.resolve(name), Long.parseLong(name))
                      .ifPresent(entry -> entries.put(entry.pid(), entry)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the processes in " + proc, e);
    }
    return new ProcessTable(entries);
  }

  Optional<ProcessEntry> of(long pid) {
    return Optional.ofNullable(entries.get(pid));
  }

  List<ProcessEntry> all() {
    return List.copyOf(entries.values());
  }

  List<ProcessEntry> children(long pid) {
    return entries.values().stream().filter(entry -> entry.parent() == pid).toList();
  }

  /** Children, their children, and so on. */
  List<ProcessEntry> descendants(long pid) {
    List<ProcessEntry> found = new ArrayList<>(children(pid));
    for (int i = 0; i < found.size(); i++) {
      for (ProcessEntry child : children(found.get(i).pid())) {
        if (!found.contains(child)) {
          found.add(child);
        }
      }
    }
    return found;
  }
}
