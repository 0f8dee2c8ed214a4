package dev.hexe.policy.profiles.key;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The process id of the command. */
public enum PidChoice {
  /** Whichever comes. */
  ANY,
  /** That of the caller's process, whose place it takes. */
  KEPT,
  /** 1, in a pid namespace. */
  FIRST;

  static final Map<String, PidChoice> WORDS = words();

  private static Map<String, PidChoice> words() {
    Map<String, PidChoice> words = new LinkedHashMap<>();
    words.put("any", ANY);
    words.put("kept", KEPT);
    words.put("1", FIRST);
    return Collections.unmodifiableMap(words);
  }
}
