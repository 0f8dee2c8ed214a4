package dev.hexe.policy.importers;

import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import dev.hexe.policy.profiles.value.SystemCallNames;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.ArrayList;
import java.util.List;

/** System calls, allowed or denied; a name that no Linux has is reported and left out. */
public final class CallLists {
  /** The key of those that are allowed. */
  public static final String ALLOW = "syscalls.allow";

  /** The key of those that are denied. */
  public static final String DENY = "syscalls.deny";

  private final Draft draft;
  private final Report report;

  /** Says them in a draft. */
  public CallLists(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
  }

  /** Adds names, or groups such as {@code @mount}, each with what happens behind a colon. */
  public void add(String key, Place place, String said, List<String> entries) {
    List<String> unknown = new ArrayList<>();
    for (String entry : entries) {
      String name = entry.split(":", 2)[0];
      if (isKnown(name)) {
        draft.add(key, entry);
      } else {
        unknown.add(name);
      }
    }
    if (unknown.size() < entries.size()) {
      report.carried(place, said, key);
    }
    if (!unknown.isEmpty()) {
      report.lost(place, said, "no such system calls: " + String.join(", ", unknown));
    }
    prefer(draft);
  }

  /** Fails where memory could be written and executed. */
  public void denyWritableCode() {
    List.of(
            "mmap(2 & 6 == 6)",
            "mprotect(2 & 4 == 4)",
            "pkey_mprotect(2 & 4 == 4)",
            "shmat(2 & 0x8000 == 0x8000)")
        .forEach(entry -> draft.add(DENY, entry));
    prefer(draft);
  }

  /** Lets sockets of these families alone be made; a filter compares an argument but once. */
  public void onlyFamilies(List<Integer> numbers) {
    for (int family = 0; family <= SocketFamilies.LAST; family++) {
      if (!numbers.contains(family)) {
        draft.add(DENY, "socket(0 == " + family + "):EAFNOSUPPORT");
      }
    }
    draft.add(DENY, "socket(0 > " + SocketFamilies.LAST + "):EAFNOSUPPORT");
    prefer(draft);
  }

  /** Fails where a socket of one of these families is to be made. */
  public void noFamilies(List<Integer> numbers) {
    numbers.forEach(family -> draft.add(DENY, "socket(0 == " + family + "):EAFNOSUPPORT"));
    prefer(draft);
  }

  private static void prefer(Draft draft) {
    draft.put("demand", "syscalls", dev.hexe.policy.importers.draft.Value.word("preferred"));
  }

  /** Whether a call or a group has this name. */
  public static boolean isKnown(String name) {
    try {
      return !SystemCallNames.read().behind(name).isEmpty();
    } catch (ProfileException e) {
      return false;
    }
  }
}
