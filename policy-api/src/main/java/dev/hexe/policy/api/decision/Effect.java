package dev.hexe.policy.api.decision;

/**
 * Something that a mechanism does and that reports, checks and other backends have to know, beside
 * its guarantee and its strength. They ask for the effect and never for the mechanism by its name,
 * so that a new mechanism is no change outside of its backend.
 */
public enum Effect {
  /** Rights are given to trees of files: those of a path and of the paths above it add up. */
  RIGHTS_OF_TREES,
  /** A Unix socket is connected to only where its path may be used. */
  RULES_SOCKETS,
  /** Nothing new can be made in a directory above what is protected, or hidden and there. */
  CLOSES_DIRECTORIES,
  /** What is protected is mounted over itself: all beside it can be changed. */
  MOUNTS_OVER,
  /** What is asked for is a directory at another path, and holds nothing of what is listed. */
  STANDS_ELSEWHERE,
  /** The command has pseudoterminals of its own, and sees no others. */
  OWN_TERMINALS,
  /** The keyrings of the caller are out of reach. */
  CONFINES_KEYS,
  /** Abstract Unix sockets of other processes are out of reach. */
  CONFINES_ABSTRACT_SOCKETS,
  /** No file can be given a setuid or setgid bit. */
  DENIES_SET_ID_MODES,
  /** Names of hosts are resolved by files of the sandbox's own. */
  OWN_NAMES,
  /** A connection to what is not listed can wait until somebody was asked. */
  WAITS_FOR_ANSWERS
}
