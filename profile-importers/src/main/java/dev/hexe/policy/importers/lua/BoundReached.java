package dev.hexe.policy.importers.lua;

/** A script took more than it may; no {@code pcall} of the script's catches an error. */
final class BoundReached extends Error {
  private static final long serialVersionUID = 1L;

  BoundReached(String message) {
    super(message, null, false, false);
  }
}
