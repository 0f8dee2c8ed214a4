package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.profile.Profile;
import java.util.ArrayList;
import java.util.List;

/** The notes of a plan on itself, so that it can be understood without its profile. */
final class PlanNoteWriter {
  private PlanNoteWriter() {}

  static List<Action> of(Profile profile, Decisions decisions, List<String> warnings) {
    List<Action> notes = new ArrayList<>();
    notes.add(PlanNotes.note("profile", profile.name()));
    notes.add(PlanNotes.architecture());
    decisions.all().forEach(decision -> notes.add(note(decision)));
    warnings.forEach(warning -> notes.add(PlanNotes.warn(warning)));
    return notes;
  }

  private static Action note(Decision decision) {
    String mechanism = decision.chosen().map(Mechanism::id).orElse("none");
    return PlanNotes.note(
        decision.guarantee().id(),
        mechanism + " " + decision.strength().name().toLowerCase(java.util.Locale.ROOT));
  }
}
