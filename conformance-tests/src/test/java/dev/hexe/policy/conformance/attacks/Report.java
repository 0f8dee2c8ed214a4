package dev.hexe.policy.conformance.attacks;

import com.google.gson.GsonBuilder;
import dev.hexe.policy.conformance.attacks.Finding.Result;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints what became of the attacks. */
enum Report {
  TABLE {
    @Override
    void print(List<Finding> findings, PrintStream out) {
      String promise = "";
      for (Finding it : findings) {
        if (!it.promise().equals(promise)) {
          promise = it.promise();
          out.printf("%n%s%n", promise);
        }
        String reason = it.reason().isEmpty() ? "" : ": " + firstLine(it.reason());
        out.printf(
            "  %-52s %-15s %-17s %s%s%n",
            it.attempt(), it.design(), it.user(), it.result(), reason);
      }
      out.printf("%n%s%n", summary(findings));
    }
  },

  JSON {
    @Override
    void print(List<Finding> findings, PrintStream out) {
      out.println(
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(findings));
    }
  },

  TAP {
    @Override
    void print(List<Finding> findings, PrintStream out) {
      out.println("1.." + findings.size());
      int number = 0;
      for (Finding it : findings) {
        number++;
        String reason = it.reason().isEmpty() ? "" : " " + firstLine(it.reason());
        String directive =
            switch (it.result()) {
              case UNTRIED -> " # SKIP" + reason;
              case OPEN -> " # TODO not promised:" + reason;
              default -> "";
            };
        out.printf(
            "%s %d - %s: %s (%s, %s)%s%n",
            it.result() == Result.BROKEN ? "not ok" : "ok",
            number,
            it.promise(),
            it.attempt().replace("#", "\\#"),
            it.design(),
            it.user(),
            directive);
        if (it.result() == Result.BROKEN) {
          out.println("# " + it.reason().replace("\n", "\n# "));
        }
      }
    }
  };

  abstract void print(List<Finding> findings, PrintStream out);

  static String summary(List<Finding> findings) {
    return String.format(
        Locale.ROOT,
        "%d attempts: %d kept, %d broken, %d open because nothing is promised, %d not tried",
        findings.size(),
        count(findings, Result.KEPT),
        count(findings, Result.BROKEN),
        count(findings, Result.OPEN),
        count(findings, Result.UNTRIED));
  }

  static long count(List<Finding> findings, Result result) {
    return findings.stream().filter(it -> it.result() == result).count();
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }
}
