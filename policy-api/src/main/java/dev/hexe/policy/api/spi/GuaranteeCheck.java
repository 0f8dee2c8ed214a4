package dev.hexe.policy.api.spi;

import java.util.List;

/**
 * Something that {@code verify} tries inside a sandbox, and what has to come of it where the
 * guarantee is kept in full.
 *
 * @param act what is tried, one of those that {@code docs/plugins.md} lists, as in {@code
 *     open-read}
 * @param arguments what it is tried on
 * @param expected what has to come of it
 * @param detail for {@link Expected#FOUND} what has to be found out; for {@link Expected#DENIED}
 *     names of errnos beside the usual ones, separated by spaces
 */
public record GuaranteeCheck(String act, List<String> arguments, Expected expected, String detail) {
  /** The result that an act has to have. */
  public enum Expected {
    /** It succeeds. */
    ALLOWED,
    /** It is refused. */
    DENIED,
    /** It finds out something. */
    FOUND
  }

  /** Copies the arguments. */
  public GuaranteeCheck {
    arguments = List.copyOf(arguments);
  }

  /** An act that has to succeed. */
  public static GuaranteeCheck allowed(String act, String... arguments) {
    return new GuaranteeCheck(act, List.of(arguments), Expected.ALLOWED, "");
  }

  /** An act that has to be refused. */
  public static GuaranteeCheck denied(String act, String... arguments) {
    return new GuaranteeCheck(act, List.of(arguments), Expected.DENIED, "");
  }

  /** An act that has to find out {@code value}. */
  public static GuaranteeCheck found(String value, String act, String... arguments) {
    return new GuaranteeCheck(act, List.of(arguments), Expected.FOUND, value);
  }
}
