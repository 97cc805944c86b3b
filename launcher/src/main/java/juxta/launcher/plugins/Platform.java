package juxta.launcher.plugins;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The layer that plug-ins stand on. Modules in whose types the launcher and its plug-ins talk to
 * each other are shared: api, toolkit, TensorFlow, what these require transitively, and Java's own.
 * A plug-in may bring its own version of any other library, also of one that the launcher uses.
 *
 * @param layer the boot layer
 * @param shared descriptors of the shared modules by name
 * @param owners shared module by package
 */
record Platform(
    ModuleLayer layer, Map<String, ModuleDescriptor> shared, Map<String, String> owners) {
  static final String API = "juxta.api";
  static final String TOOLKIT = "juxta.toolkit";

  /** The layer in which the launcher itself runs. */
  static Platform current() {
    ModuleLayer layer =
        Optional.ofNullable(Platform.class.getModule().getLayer()).orElseGet(ModuleLayer::boot);
    if (layer.findModule(API).isEmpty()) {
      throw new IllegalStateException("Juxta runs on the module path, but no juxta.api is there");
    }
    Map<String, ModuleDescriptor> shared = new TreeMap<>();
    share(layer, API, shared);
    share(layer, TOOLKIT, shared);
    for (Module module : layer.modules()) {
      String name = module.getName();
      if (name.matches("(java|jdk|juxta|tensorflow)\\..*") || name.equals("tensorflow")) {
        shared.put(name, module.getDescriptor());
      }
    }
    Map<String, String> owners = new TreeMap<>();
    shared.values().forEach(d -> d.packages().forEach(p -> owners.put(p, d.name())));
    return new Platform(layer, shared, owners);
  }

  /** Version of a shared module, such as {@code 0.1.0}; empty where it does not say. */
  Optional<String> version(String module) {
    return Optional.ofNullable(shared.get(module)).flatMap(ModuleDescriptor::rawVersion);
  }

  /** Such as {@code juxta.api 0.1.0, juxta.toolkit 0.1.0 and tensorflow 1.1.0}. */
  String versions() {
    return label(API) + ", " + label(TOOLKIT) + " and " + label("tensorflow");
  }

  private String label(String module) {
    return version(module).map(version -> module + " " + version).orElse(module);
  }

  private static void share(ModuleLayer layer, String name, Map<String, ModuleDescriptor> shared) {
    if (shared.containsKey(name)) {
      return;
    }
    layer
        .findModule(name)
        .map(Module::getDescriptor)
        .ifPresent(
            descriptor -> {
              shared.put(name, descriptor);
              descriptor.requires().stream()
                  .filter(r -> r.modifiers().contains(Requires.Modifier.TRANSITIVE))
                  .forEach(r -> share(layer, r.name(), shared));
            });
  }
}
