package dev.hexe.policy.api.plan;

import java.util.Collection;

/** Attributes of {@code mount_setattr(2)}. */
public enum MountAttribute {
  RDONLY(0x1),
  NOSUID(0x2),
  NODEV(0x4),
  NOEXEC(0x8);

  private final long bit;

  MountAttribute(long bit) {
    this.bit = bit;
  }

  /** True where it is among the bits of an action's operand. */
  public boolean isIn(long bits) {
    return (bits & bit) != 0;
  }

  static long bits(Collection<MountAttribute> attributes) {
    return attributes.stream().mapToLong(attribute -> attribute.bit).reduce(0, (a, b) -> a | b);
  }

  static String names(Collection<MountAttribute> attributes) {
    return String.join(
        ",",
        attributes.stream()
            .sorted()
            .map(
                attribute ->
                    attribute == RDONLY
                        ? "ro"
                        : attribute.name().toLowerCase(java.util.Locale.ROOT))
            .toList());
  }
}
