package juxta.site;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/** The Javadoc of the modules that others build with, as one. */
final class Javadoc {
  private static final List<String> MODULES =
      List.of("api", "toolkit", "testkit", "inference", "engine", "search", "picture", "text");

  private Javadoc() {}

  static void write(Path top, String modulePath, Path out, String version) throws IOException {
    Map<String, Path> sources = new LinkedHashMap<>();
    for (String one : MODULES) {
      sources.put("juxta." + one, top.resolve("platform-" + one).resolve("src/main/java"));
    }
    List<String> words = new ArrayList<>();
    words.addAll(List.of("-d", out.toString(), "--release", "17", "-encoding", "UTF-8", "-quiet"));
    words.addAll(List.of("-notimestamp", "-Xdoclint:none", "-protected"));
    words.addAll(List.of("-windowtitle", "Juxta " + version, "-doctitle", "Juxta " + version));
    words.addAll(List.of("-top", "<a href=\"{@docRoot}/../index.html\">Juxta: documentation</a>"));
    sources.forEach(
        (name, path) -> words.addAll(List.of("--module-source-path", name + "=" + path)));
    words.addAll(List.of("--module", String.join(",", sources.keySet())));
    words.addAll(List.of("--module-path", modulePath));
    StringWriter said = new StringWriter();
    int status =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new IllegalStateException("this Java has no javadoc; take a JDK"))
            .run(new PrintWriter(said), new PrintWriter(said), words.toArray(String[]::new));
    if (status != 0 || !Files.exists(out.resolve("index.html"))) {
      throw new IllegalStateException("javadoc: " + said);
    }
  }
}
