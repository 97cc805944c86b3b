package juxta.launcher.plugins;

import java.nio.file.Path;
import java.util.Optional;
import juxta.engine.catalogue.Plugin;

/** A plug-in and the layer that its code lives in. */
record LoadedPlugin(Plugin plugin, ModuleLayer layer) {
  /** The jar of this plug-in that has the package of a class, if one has. */
  Optional<Path> jar(String className) {
    int dot = className.lastIndexOf('.');
    String packageName = dot < 0 ? "" : className.substring(0, dot);
    return layer.configuration().modules().stream()
        .filter(module -> module.reference().descriptor().packages().contains(packageName))
        .findFirst()
        .flatMap(module -> module.reference().location())
        .map(Path::of);
  }
}
