package dev.hexe.policy.importers.bwrap;

import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Variables: bubblewrap goes through its options in order, so that what clears takes back. */
final class BwrapEnvironment {
  private final Draft draft;
  private final Report report;
  private final Map<String, Said> last = new LinkedHashMap<>();
  private boolean cleared;

  private record Said(String option, Place place, String text, String value) {}

  BwrapEnvironment(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
  }

  void take(String option, Place place, String said, List<String> values) {
    if (option.equals("clearenv")) {
      cleared = true;
      last.values().forEach(it -> report.replaced(it.place(), it.text(), "cleared later"));
      last.clear();
      draft.set("environment.clear", "true");
      report.carried(place, said, "environment.clear");
    } else {
      Said before =
          last.put(
              values.get(0), new Said(option, place, said, values.size() > 1 ? values.get(1) : ""));
      if (before != null) {
        report.replaced(before.place(), before.text(), "said again at " + place);
      }
    }
  }

  /** Says what counts in the end. */
  void write() {
    last.forEach(this::write);
  }

  private void write(String name, Said said) {
    if (said.option().equals("unsetenv")) {
      say(said, "environment.unset");
      if (!cleared) {
        draft.add("environment.unset", name);
      }
    } else if (said.value().equals("${" + name + "}")) {
      say(said, cleared ? "environment.keep" : "the variable stays as it is");
      if (cleared) {
        draft.add("environment.keep", name);
      }
    } else if (said.value().contains("${")) {
      report.lost(
          said.place(),
          said.text(),
          "a profile sets no value with a variable in it: `apply --setenv=NAME=VALUE`");
    } else {
      draft.put("environment.set", name, Value.word(said.value()));
      say(said, "environment.set");
    }
  }

  private void say(Said said, String key) {
    report.carried(said.place(), said.text(), key);
  }
}
