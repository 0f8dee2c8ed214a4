package dev.hexe.policy.engine.site;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts about the command, and whether anybody asked. */
final class CommandFacts extends AbstractMap<String, Object> {
  private final Optional<StrictMap> facts;
  private boolean used;

  CommandFacts(Optional<String> command) {
    facts = command.map(CommandFacts::facts);
  }

  private static StrictMap facts(String word) {
    return new StrictMap(
        "command", Map.of("name", word.substring(word.lastIndexOf('/') + 1), "path", word));
  }

  /** Whether it was asked for. */
  boolean used() {
    return used;
  }

  @Override
  public Object get(Object key) {
    used = true;
    return facts.orElseThrow(SiteCondition.UnknownCommand::new).get(key);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    used = true;
    return facts.orElseThrow(SiteCondition.UnknownCommand::new).entrySet();
  }
}
