package dev.hexe.policy.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.host.Host;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainJsonTest {
  @Test
  void aGuaranteeHasAllItsKeys() {
    JsonObject files =
        json(Fakes.POOR, Optional.empty()).getAsJsonArray("guarantees").get(0).getAsJsonObject();
    assertEquals(
        JsonParser.parseString(
            """
            {
              "guarantee": "files",
              "meaning": "only listed paths are reachable",
              "required": true,
              "atLeast": "full",
              "strength": "partial",
              "satisfied": false,
              "refuses": true,
              "mechanism": {
                "id": "landlock",
                "strength": "partial",
                "rule": "unlisted files that cannot be made absent are denied by Landlock",
                "caveat": "unlisted paths cannot be opened, but stay visible to stat"
              },
              "reinforcements": [],
              "rejections": [
                {
                  "mechanism": {
                    "id": "new-root",
                    "strength": "full",
                    "rule": "unlisted files are absent from a new root, where one can be mounted",
                    "caveat": ""
                  },
                  "reason": "user namespaces are limited to 0 on this host (/proc/sys/user/max_user_namespaces)",
                  "fix": "sysctl -w user.max_user_namespaces=15000"
                }
              ]
            }"""),
        files);
  }

  @Test
  void aPlanIsThereWhereItWouldRun() {
    JsonObject document =
        json(Fakes.RICH, Optional.of(new Plan(List.of(EnvironmentActions.closeDescriptors(3)))));
    assertEquals("full", document.get("verdict").getAsString());
    assertEquals(
        JsonParser.parseString(
            """
            [{
              "phase": "descriptors",
              "action": "close-descriptors",
              "operands": [3],
              "description": "close descriptors from 3"
            }]"""),
        document.get("plan"));
    assertFalse(json(Fakes.POOR, Optional.empty()).has("plan"));
  }

  @Test
  void exposuresHaveAllTheirKeys() {
    assertEquals(
        JsonParser.parseString(
            """
            {
              "score": 0.5,
              "rating": "exposed",
              "scope": "host",
              "found": [
                {
                  "id": "writable-git-hooks",
                  "weight": 0.3,
                  "wayOut": true,
                  "what": "the git directory of the project can be written, and git runs what is in it",
                  "evidence": ["~/src/.git/hooks"],
                  "makeable": ["~/src/.git/config"],
                  "because": "",
                  "close": "list `.git` for reading, or work on a copy"
                },
                {
                  "id": "host-network",
                  "weight": 0.2,
                  "wayOut": false,
                  "what": "the host's network can be used: what is read can be sent",
                  "evidence": [],
                  "makeable": [],
                  "because": "a reason",
                  "close": "network: none"
                }
              ]
            }"""),
        json(Fakes.RICH, Optional.empty()).get("exposures"));
  }

  private static JsonObject json(Host host, Optional<Plan> plan) {
    return JsonParser.parseString(
            ExplainJson.of(
                new Explanation(
                    Fakes.SANDBOX,
                    host,
                    Fakes.decide(host, Fakes.backends()),
                    plan,
                    true,
                    Optional.empty(),
                    Fakes.EXPOSURES)))
        .getAsJsonObject();
  }
}
