package dev.hexe.policy.engine.system;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.plan.Action;
import java.util.List;

/** A tree that remembers what was looked at. */
public interface RecordingTree extends HostTree {
  /** What a plan compiled after these looks depends on. */
  List<Action> dependencies();
}
