package dev.hexe.policy.engine.site;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/**
 * The things a condition may touch: the entries of our own maps. Not even {@code class}, which
 * every object has, can be asked for.
 */
final class FactPermissions extends JexlPermissions.Delegate {
  private static final String GET = "get";

  FactPermissions() {
    super(new JexlPermissions.ClassPermissions(StrictMap.class, CommandFacts.class));
  }

  @Override
  public boolean allow(Method method) {
    return readsEntry(method);
  }

  @Override
  public boolean allow(Class<?> type, Method method) {
    return readsEntry(method);
  }

  @Override
  public boolean allow(Field field) {
    return false;
  }

  @Override
  public boolean allow(Constructor<?> constructor) {
    return false;
  }

  private static boolean readsEntry(Method method) {
    return method.getName().equals(GET)
        && method.getParameterCount() == 1
        && Map.class.isAssignableFrom(method.getDeclaringClass());
  }
}
