package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.ControlGroups;
import dev.hexe.policy.api.plan.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tries to make control groups in one place, and each controller in one of its own. */
final class GroupProbes {
  private final String parent;
  private final GroupFacts names;
  private final List<Action> before;

  /**
   * Probes of one place.
   *
   * @param before what has to be done first
   */
  GroupProbes(String parent, GroupFacts names, List<Action> before) {
    this.parent = parent;
    this.names = names;
    this.before = before;
  }

  /** The name of the probe for a fact in this place. */
  static String at(String place, String fact) {
    return fact + "@" + place;
  }

  List<Probe> all(String place) {
    List<Probe> probes = new ArrayList<>();
    probes.add(probe(at(place, names.any()), Stream.of(), Stream.of()));
    for (Controller controller : Controller.values()) {
      probes.add(
          probe(at(place, names.of(controller)), enable(controller), controller.harmlessWrite()));
    }
    probes.add(
        probe(
            at(place, names.ioWeight()),
            enable(Controller.IO),
            Stream.of(Processes.cgroupWrite("io.weight", "default 100", false))));
    return probes;
  }

  private Stream<Action> enable(Controller controller) {
    return Stream.of(ControlGroups.enable(parent, controller.label()));
  }

  /** Makes a control group, does something to it and starts a process inside. */
  private Probe probe(String name, Stream<Action> first, Stream<Action> then) {
    List<Action> actions = new ArrayList<>(before);
    first.forEach(actions::add);
    actions.add(Processes.cgroupCreate(parent, GroupPlan.PREFIX));
    then.forEach(actions::add);
    actions.add(Processes.spawn(Set.of(), true));
    return new Probe(name, actions);
  }
}
