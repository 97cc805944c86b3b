package juxta.launcher.plugins;

import java.nio.file.Path;
import java.util.Optional;
import juxta.engine.catalogue.Plugin;

/** A plug-in and the layer that its code lives in. */
record LoadedPlugin(Plugin plugin, ModuleLayer layer) {
  /** Whether it came with Juxta. */
  boolean isShipped() {
    return Inspection.isOurs(plugin.name())
        || layer.modules().stream().map(Module::getName).anyMatch(Inspection::isOurs);
  }

  /** Whether code of this plug-in ran in a frame of a stack. */
  boolean owns(StackTraceElement frame) {
    return frame.getModuleName() != null
        && layer
            .findModule(frame.getModuleName())
            .filter(module -> module.getLayer() == layer)
            .filter(module -> jar(frame.getClassName()).isPresent())
            .isPresent();
  }

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
