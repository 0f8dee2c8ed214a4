package dev.hexe.policy.engine.system;

/**
 * A symlink of the system that was followed out of what the profile lists.
 *
 * @param path the symlink, or a path that leads through one
 * @param target where it leads
 * @param reason why it was followed, in words that follow a path
 */
public record FollowedLink(String path, String target, String reason) {}
