package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug-ins that a distribution has, and the methods that these say they have. */
class DistributedMethodsTest {
  private static final Path TOP = Path.of("..");

  @TempDir Path root;

  @Test
  void allOfThemAreListedAndOneOfTheRivalsTrains() throws IOException {
    Shell shell = Shell.in(root);
    Outcome listed = shell.run("list methods --json");
    assertThat(listed.errLines()).isEmpty();
    Set<String> plugins = new TreeSet<>();
    List<String> ids = new ArrayList<>();
    for (JsonNode method : new ObjectMapper().readTree(listed.out()).get("methods")) {
      plugins.add(method.get("plugin").asText());
      ids.add(method.get("id").asText());
    }
    int provided = 0;
    for (String plugin :
        found("<artifactId>(plugin-[a-z]+)</artifactId>", "distribution/pom.xml")) {
      String module = plugin + "/src/main/java/module-info.java";
      int methods = provided(module);
      provided += methods;
      assertThat(plugins.contains("juxta." + plugin.replace('-', '.')))
          .as(plugin)
          .isEqualTo(methods > 0);
    }
    assertThat(ids).hasSize(provided).contains("fba", "medcluster", "simclr", "vicreg");

    RunFolder run = new RunFolder(root.resolve("run"));
    Outcome trained =
        shell.run(
            "train vicreg --preset small --data shapes --set data.train-size=16"
                + " --set data.test-size=8 --set data.side=16 --encoder resnet-small"
                + " --set encoder.width=4 --set projection-hidden=8 --set projection-out=8"
                + " --batch 16 --epochs 1 --precision float32 --out %s",
            run.path());
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(run.metrics()).anyMatch(metrics -> metrics.has("covariance"));
  }

  private static Set<String> found(String pattern, String file) throws IOException {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern)
        .matcher(Files.readString(TOP.resolve(file)))
        .results()
        .map((MatchResult result) -> result.group(1))
        .forEach(found::add);
    return found;
  }

  /** Methods that a module provides. */
  private static int provided(String module) throws IOException {
    String text = Files.readString(TOP.resolve(module));
    return Pattern.compile("provides juxta\\.api\\.Method with([^;]+);")
        .matcher(text)
        .results()
        .mapToInt(result -> result.group(1).split(",").length)
        .sum();
  }
}
