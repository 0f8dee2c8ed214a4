package dev.hexe.policy.api.profile;

/** The terminal of the command where the caller has one. */
public enum Terminal {
  /** The caller's, with all that can be done to it. */
  HOST,
  /** One of its own where that can be had; nothing can be typed into the caller's. */
  SAFE,
  /** The caller's, but nothing can be typed into it. */
  SHARED
}
