package juxta.launcher.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import juxta.api.DatasetProvider;
import juxta.api.DatasetProvider.Request;
import juxta.api.Settings;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug-in with the data sets brings a library for HDF5, which nothing else sees. */
class PrivateLibraryTest {
  @TempDir Path folder;

  @Test
  void theLibraryIsFoundInThePluginsOwnLayerOnly() throws Exception {
    PluginRegistry registry =
        PluginRegistry.load(Path.of("target", "test-plugins"), folder.resolve("plugins.lock"));
    assertThat(registry.faults()).isEmpty();
    var volumes = registry.require(DatasetProvider.class, "volumes");
    assertThat(volumes.plugin().label()).startsWith("plugin-datasets ");
    assertThat(volumes.plugin().sha256().keySet())
        .anyMatch(jar -> jar.matches("plugin-datasets/jhdf-.*\\.jar"));
    assertThat(ModuleLayer.boot().findModule("io.jhdf")).isEmpty();

    Path file = Files.writeString(folder.resolve("a.h5"), "nothing".repeat(1000));
    Request request =
        new Request(
            Optional.of(folder),
            folder.resolve("cache"),
            Settings.of(Map.of()),
            (what, share) -> {});
    // its own words for a file without the signature of HDF5: the library was there to look
    assertThatThrownBy(() -> volumes.component().open(request))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": is no readable HDF5 file (HdfException: No valid HDF5");
  }
}
