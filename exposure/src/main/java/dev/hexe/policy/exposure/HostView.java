package dev.hexe.policy.exposure;

import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.HostTree;
import java.util.List;

/** A host whose files can be looked at, as the caller sees them outside of any sandbox. */
public interface HostView extends HostTree, HostReader {
  /** Whether the caller may read what is there; symlinks are followed. */
  boolean mayRead(String path);

  /** Whether the caller may write what is there; symlinks are followed. */
  boolean mayWrite(String path);

  /** Whether it is a program that runs with the rights of its owner or group. */
  boolean isSetuid(String path);

  /** The names in a directory, sorted; empty where it cannot be listed. */
  List<String> names(String directory);
}
