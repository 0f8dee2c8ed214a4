package dev.hexe.policy.profiles.reader;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths without empty names, {@code .} and {@code ..}, made on the text alone. */
final class NormalPaths {
  private static final String ROOT = "/";

  private NormalPaths() {}

  /** The same path in that form, from the root. */
  static String of(String path) {
    if (isNormal(path)) {
      return path;
    }
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split(ROOT, -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return ROOT + String.join(ROOT, names);
  }

  /** Absolute, and none of its names is empty or made of dots alone. */
  private static boolean isNormal(String path) {
    int from = 0;
    while (from < path.length() && path.charAt(from) == '/') {
      int next = path.indexOf('/', from + 1);
      int end = next < 0 ? path.length() : next;
      int length = end - from - 1;
      if (length == 0 || (length <= 2 && path.startsWith(length == 1 ? "." : "..", from + 1))) {
        return false;
      }
      from = end;
    }
    return from > 0 && from == path.length();
  }
}
