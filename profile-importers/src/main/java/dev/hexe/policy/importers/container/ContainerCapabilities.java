package dev.hexe.policy.importers.container;

import dev.hexe.policy.importers.Capabilities;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.List;

/**
 * Capabilities of a container: those that each has, without what is dropped, with what is added,
 * wherever the two lists stand.
 */
final class ContainerCapabilities {
  private final Capabilities capabilities;
  private Entries dropped = new Entries(Place.all(""), "", List.of());
  private Entries added = new Entries(Place.all(""), "", List.of());

  /** The entries of a list, with what was written. */
  record Entries(Place place, String said, List<String> names) {
    private boolean isOfAll() {
      return names.stream().anyMatch(it -> it.equalsIgnoreCase("all"));
    }
  }

  ContainerCapabilities(Report report) {
    this.capabilities = new Capabilities(false, report).having(ContainerBase.CAPABILITIES);
  }

  void drop(Entries entries) {
    dropped = entries;
  }

  void add(Entries entries) {
    added = entries;
  }

  /** Where all are added, what is dropped is taken from all. */
  void write(Draft draft) {
    if (added.isOfAll()) {
      addAll();
      dropAll();
    } else {
      dropAll();
      addAll();
    }
    capabilities.write(draft);
  }

  private void addAll() {
    added.names().forEach(it -> capabilities.add(added.place(), added.said() + " " + it, it));
  }

  private void dropAll() {
    dropped.names().forEach(it -> capabilities.drop(dropped.place(), dropped.said(), it));
  }
}
