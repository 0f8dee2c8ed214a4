package dev.hexe.policy.cli.verify;

import com.google.gson.JsonObject;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.verification.Finding;
import dev.hexe.policy.verification.Judgement;
import dev.hexe.policy.verification.act.Check;

/** Evidence for programs. */
public final class VerifyJson {
  private VerifyJson() {}

  public static String of(Evidence evidence) {
    JsonObject document = Json.document();
    document.addProperty("profile", evidence.profile().name());
    document.addProperty("kernel", evidence.host().kernel());
    document.addProperty("uid", evidence.host().caller().uid());
    document.addProperty("kept", !evidence.isBroken());
    for (Judgement judgement : Judgement.values()) {
      document.addProperty(Words.of(judgement), evidence.count(judgement));
    }
    document.add("acts", Json.array(evidence.findings(), VerifyJson::finding));
    return Json.text(document);
  }

  private static JsonObject finding(Finding finding) {
    Check trial = finding.trial();
    JsonObject json = new JsonObject();
    json.addProperty("guarantee", trial.guarantee().id());
    json.addProperty("strength", Words.of(finding.decision().strength()));
    finding
        .decision()
        .chosen()
        .map(Mechanism::id)
        .ifPresent(id -> json.addProperty("mechanism", id));
    json.addProperty("act", trial.act().text());
    json.addProperty("expected", trial.expectation().words());
    json.addProperty("seen", finding.seen());
    json.addProperty("evidence", finding.answer().evidence());
    json.addProperty("judgement", Words.of(finding.judgement()));
    return json;
  }
}
