package juxta.launcher.plugins;

/** A plug-in and the layer that its code lives in. */
record LoadedPlugin(Plugin plugin, ModuleLayer layer) {
  /** Whether a stack frame or a message speaks of a class of this plug-in. */
  boolean owns(String className) {
    int end = className.lastIndexOf('.');
    String packageName = end < 0 ? "" : className.substring(0, end);
    return layer.modules().stream().anyMatch(module -> module.getPackages().contains(packageName));
  }
}
