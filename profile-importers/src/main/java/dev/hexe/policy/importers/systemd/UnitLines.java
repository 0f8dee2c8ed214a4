package dev.hexe.policy.importers.systemd;

import java.util.ArrayList;
import java.util.List;

/** The assignments of a unit, with the section that each stands in. */
final class UnitLines {
  private UnitLines() {}

  /**
   * {@code NAME=VALUE}.
   *
   * @param line where it begins; a backslash at the end carries on with the next line
   */
  record Line(String section, String name, String value, int line) {
    String text() {
      return name + "=" + value;
    }
  }

  static List<Line> of(String text) {
    List<Line> lines = new ArrayList<>();
    String section = "";
    String[] all = text.split("\n", -1);
    for (int i = 0; i < all.length; i++) {
      int start = i + 1;
      StringBuilder whole = new StringBuilder(all[i].strip());
      while (whole.length() > 0 && whole.charAt(whole.length() - 1) == '\\' && i + 1 < all.length) {
        whole.setLength(whole.length() - 1);
        i++;
        if (!isComment(all[i].strip())) {
          whole.append(' ').append(all[i].strip());
        } else {
          whole.append('\\');
        }
      }
      String line = whole.toString().strip();
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1);
      } else if (equals > 0 && !isComment(line)) {
        lines.add(
            new Line(
                section,
                line.substring(0, equals).strip(),
                line.substring(equals + 1).strip(),
                start));
      }
    }
    return lines;
  }

  private static boolean isComment(String line) {
    return line.startsWith("#") || line.startsWith(";");
  }
}
