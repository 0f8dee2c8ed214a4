package dev.hexe.policy.cli;

import dev.hexe.policy.api.profile.Strength;

/** How words stand out. Nothing is said by colour alone. */
enum Style {
  PLAIN,
  COLOUR;

  String bold(String text) {
    return painted("1", text);
  }

  String dim(String text) {
    return painted("2", text);
  }

  String good(String text) {
    return painted("32", text);
  }

  String fair(String text) {
    return painted("33", text);
  }

  String bad(String text) {
    return painted("31", text);
  }

  /** Text about something that is enforced this strongly. */
  String of(Strength strength, String text) {
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
