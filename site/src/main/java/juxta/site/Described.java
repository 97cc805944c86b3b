package juxta.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Asks a distribution's command line what there is, with plug-ins of its own in a fresh home: what
 * somebody dropped into the distribution or cached does not show in the site.
 *
 * @param distribution its folder
 * @param home a folder for the plug-ins' copies
 */
record Described(Path distribution, Path home) {
  JsonNode components() throws IOException {
    Folders.delete(home);
    Folders.copy(distribution.resolve("plugins"), home.resolve("plugins"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Djuxta.home=" + home,
            "--module-path",
            distribution.resolve("lib").toString(),
            "--add-modules",
            "ALL-DEFAULT,ALL-MODULE-PATH",
            "--module",
            "juxta.launcher/juxta.launcher.Main",
            "describe",
            "--json");
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().put("JUXTA_CACHE", home.resolve("cache").toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    JsonNode components = new ObjectMapper().readTree(process.getInputStream());
    try {
      int status = process.waitFor();
      if (status != 0 || components.isEmpty()) {
        throw new IllegalStateException("juxta describe --json ended with " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return components;
  }
}
