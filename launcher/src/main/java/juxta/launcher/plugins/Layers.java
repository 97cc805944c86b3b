package juxta.launcher.plugins;

import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the module layer of a plug-in. */
final class Layers {
  private Layers() {}

  /**
   * A layer with the modules of all jars of the plug-in over the platform. They see each other and
   * the platform's modules; no other plug-in sees them.
   */
  static ModuleLayer layer(Inspection inspection, Platform platform) {
    ModuleFinder finder =
        ModuleFinder.of(inspection.jars().stream().map(Jar::file).toArray(Path[]::new));
    Set<String> roots =
        inspection.modules().values().stream()
            .map(ModuleDescriptor::name)
            .collect(Collectors.toSet());
    try {
      Configuration configuration =
          platform.layer().configuration().resolve(finder, ModuleFinder.of(), roots);
      return ModuleLayer.defineModulesWithOneLoader(
              configuration, List.of(platform.layer()), ClassLoader.getPlatformClassLoader())
          .layer();
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw new Refusal(
          inspection.candidate().path(),
          "does not fit together with the modules it meets (" + e.getMessage() + ")",
          "remove the library that occurs twice, or get a build of the plug-in for "
              + platform.versions());
    }
  }
}
