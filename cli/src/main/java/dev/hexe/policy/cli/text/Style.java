package dev.hexe.policy.cli.text;

import dev.hexe.policy.api.profile.Strength;

/** The emphasis of words. Nothing is said by colour alone. */
public enum Style {
  PLAIN,
  COLOUR;

  public String bold(String text) {
    return painted("1", text);
  }

  public String dim(String text) {
    return painted("2", text);
  }

  public String good(String text) {
    return painted("32", text);
  }

  public String fair(String text) {
    return painted("33", text);
  }

  public String bad(String text) {
    return painted("31", text);
  }

  /** Text about something that is enforced this strongly. */
  public String of(Strength strength, String text) {
    return switch (strength) {
      case FULL -> good(text);
      case PARTIAL, ADVISORY -> fair(text);
      case NONE -> bad(text);
    };
  }

  private String painted(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
  }
}
