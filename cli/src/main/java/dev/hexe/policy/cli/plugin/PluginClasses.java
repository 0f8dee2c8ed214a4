package dev.hexe.policy.cli.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** The classes of all plug-ins, each of which sees its own, and ours, alone. */
final class PluginClasses extends ClassLoader {
  private final List<URLClassLoader> plugins;

  PluginClasses(List<URLClassLoader> plugins) {
    super(PluginClasses.class.getClassLoader());
    this.plugins = List.copyOf(plugins);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ClassNotFoundException nowhere = new ClassNotFoundException(name);
    for (URLClassLoader plugin : plugins) {
      try {
        return plugin.loadClass(name);
      } catch (ClassNotFoundException e) {
        nowhere.addSuppressed(e);
      }
    }
    throw nowhere;
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    List<URL> found = new ArrayList<>();
    for (URLClassLoader plugin : plugins) {
      found.addAll(Collections.list(plugin.findResources(name)));
    }
    return Collections.enumeration(found);
  }
}
