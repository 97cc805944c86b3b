package juxta.testkit;

import static juxta.testkit.Promise.require;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import juxta.api.Component;
import juxta.engine.catalogue.Service;
import juxta.engine.catalogue.Services;

/** What a plug-in's module promises. */
final class ModuleContract {
  static final String NAMED = "it is a module with a descriptor";
  static final String PROVIDES = "it provides components";
  static final String IDS = "ids are taken once in each service";

  private ModuleContract() {}

  static List<Promise> promises(Module module) {
    return List.of(
        new Promise(NAMED, () -> named(module)),
        new Promise(PROVIDES, () -> provides(module)),
        new Promise(IDS, () -> ids(module)));
  }

  private static void named(Module module) {
    require(module.isNamed(), "classes on the class path; is there a module-info.java?");
  }

  private static void provides(Module module) {
    named(module);
    require(
        !Services.providedBy(module).isEmpty(),
        "no 'provides' of a service of juxta.api in its module-info.java");
  }

  private static void ids(Module module) {
    named(module);
    ids(Services.providedBy(module));
  }

  static void ids(List<Component> components) {
    Set<String> seen = new HashSet<>();
    for (Component component : components) {
      for (Service<?> service : Service.of(component)) {
        String name = service.type().getSimpleName();
        require(
            seen.add(name + component.id()),
            "two of " + name + " with the id '" + component.id() + "'");
      }
    }
  }
}
