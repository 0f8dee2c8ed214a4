package dev.hexe.policy.engine.site;

import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.Map;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlSandbox;

/**
 * A condition of a site's rule: an expression over maps, lists, numbers, texts and truth values,
 * and nothing else. It calls no method, makes and changes no object, and does not loop.
 */
final class SiteCondition {
  private static final JexlFeatures FEATURES =
      JexlFeatures.createNone().register(false).comparatorNames(true).structuredLiteral(true);

  private static final JexlEngine ENGINE =
      new JexlBuilder()
          .features(FEATURES)
          .permissions(new FactPermissions())
          .sandbox(new JexlSandbox(true))
          .strict(true)
          .silent(false)
          .safe(false)
          .antish(false)
          .create();

  private final SiteRule rule;
  private final JexlExpression expression;

  private SiteCondition(SiteRule rule, JexlExpression expression) {
    this.rule = rule;
    this.expression = expression;
  }

  /**
   * Understands the condition of a rule.
   *
   * @throws PolicyException where it is none
   */
  static SiteCondition of(SiteRule rule) {
    try {
      return new SiteCondition(rule, ENGINE.createExpression(rule.condition()));
    } catch (JexlException e) {
      throw failure(rule, "is no condition", e);
    }
  }

  /**
   * Whether it holds.
   *
   * @throws PolicyException where that cannot be told
   */
  boolean holds(Map<String, Object> facts) {
    Object result;
    try {
      result = expression.evaluate(new MapContext(facts));
    } catch (JexlException e) {
      throw failure(rule, "cannot be decided", e);
    }
    if (result instanceof Boolean truth) {
      return truth;
    }
    throw new PolicyException(
        "%s: the condition of rule `%s` is neither true nor false"
            .formatted(rule.place().text(), rule.name()));
  }

  private static PolicyException failure(SiteRule rule, String what, JexlException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof UnknownFact)) {
      cause = cause.getCause();
    }
    if (cause instanceof UnknownCommand unknown) {
      throw unknown;
    }
    String detail =
        cause instanceof UnknownFact fact ? String.valueOf(fact.getMessage()) : detail(e);
    return new PolicyException(
        "%s: the condition of rule `%s` %s: %s"
            .formatted(rule.place().text(), rule.name(), what, detail));
  }

  /** JEXL's own words, without the place in its own source. */
  private static String detail(JexlException e) {
    String text = String.valueOf(e.getMessage()).replaceFirst("^[^ ]*@\\d+:\\d+(![\\d,:]+)? ", "");
    return text.lines().findFirst().orElse("");
  }

  /** Somebody asked for something that is not there. */
  static class UnknownFact extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownFact(String message) {
      super(message);
    }
  }

  /** Somebody asked for the command, and there is none yet. */
  static final class UnknownCommand extends UnknownFact {
    private static final long serialVersionUID = 1L;

    UnknownCommand() {
      super("the command is not known");
    }
  }
}
