package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import juxta.testkit.PostgresServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code juxta search} and {@code juxta serve}, from a training to an answer. */
class SearchTest {
  private static final int HEADERS_SECONDS = 1;

  @TempDir static Path root;

  private static Shell shell;
  private static Path pairs;

  @BeforeAll
  static void train() {
    shell = Shell.in(root);
    Pairs.addTo(shell);
    Toy.addTo(shell);
    pairs = root.resolve("pairs");
    done(shell.run(Pairs.TRAIN + " --out %s", pairs));
  }

  private static Outcome done(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  private static String mistake(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    return String.join("\n", outcome.errLines());
  }

  @Test
  void aTextFindsTheImagesThatItWasWrittenFor() {
    Outcome first = done(shell.run("search %s female patient with gingivitis --k 3", pairs));
    assertThat(first.outLines()).hasSize(5);
    assertThat(first.outLines().get(1)).contains("female").contains("gingivitis");
    assertThat(first.outLines().get(4)).isEqualTo("3 of 90 images");

    Outcome json =
        done(shell.run("search %s gingivitis --where sex=male --where split=train --json", pairs));
    assertThat(json.err()).doesNotContain("indexed"); // the first search did that
    JsonNode found = RunFolder.parse(json.out());
    assertThat(found.get("results")).hasSize(10);
    for (JsonNode result : found.get("results")) {
      assertThat(result.at("/fields/sex").asText()).isEqualTo("male");
      assertThat(result.get("split").asText()).isEqualTo("train");
    }
    assertThat(found.at("/results/0/text").asText()).contains("gingivitis");
  }

  @Test
  void queriesThatSayNothing() {
    assertThat(mistake(shell.run("search %s xyzzy plugh", pairs)))
        .contains("no word of this description is known")
        .doesNotContain("\n");
    assertThat(mistake(shell.run("search %s", pairs))).contains("a text or --image");
    assertThat(mistake(shell.run("search %s male --where sx=male", pairs)))
        .contains("did you mean 'sex'");
    assertThat(mistake(shell.run("search %s male --k 0", pairs))).contains("1 to 20");
    assertThat(mistake(shell.run("search %s male --index flat", pairs))).contains("exact, hnsw");
    assertThat(mistake(shell.run("search %s male", root.resolve("nowhere"))))
        .contains("holds no run");
  }

  @Test
  void aModelOfImagesSearchesByPicture() throws IOException {
    Path toy = root.resolve("toy");
    done(shell.run(Toy.TRAIN + " --epochs 1 --out %s", toy));
    assertThat(mistake(shell.run("search %s a red circle", toy)))
        .contains("'toy' learned from images only")
        .contains("--image");
    Path file = root.resolve("picture.png");
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    Outcome found = done(shell.run("search %s --image %s --k 2 --splits test", toy, file));
    assertThat(found.outLines().get(3)).isEqualTo("2 of 16 images");
    assertThat(mistake(shell.run("search %s --image %s", toy, toy.resolve("run.json"))))
        .contains("not a picture");
    assertThat(mistake(shell.run("search %s --image %s", toy, root.resolve("no.png"))))
        .contains("no.png");
    assertThat(mistake(shell.run("search %s --image %s", toy, toy)))
        .contains("cannot be read: it is a folder");
  }

  @Test
  void otherDataAreSearchedAndTheIndexFollowsThem() {
    String other = "search %s female --data dental --splits train --set data.train-size=";
    assertThat(done(shell.run(other + "10", pairs)).err()).contains("indexed 10 new images");
    Outcome more = done(shell.run(other + "14", pairs));
    assertThat(more.err()).contains("indexed 4 new images");
    assertThat(done(shell.run(other + "8", pairs)).outLines()).contains("8 of 8 images");
  }

  /** A radiograph of 16 bits to search with is windowed and resized as those of the data. */
  @Test
  void aFileOfTheDataFindsItself() throws IOException {
    Path films = Files.createDirectory(root.resolve("films"));
    StringBuilder table = new StringBuilder("image,text,patient,split\n");
    for (int i = 0; i < 40; i++) {
      BufferedImage film = new BufferedImage(60, 50, BufferedImage.TYPE_USHORT_GRAY);
      for (int p = 0; p < 3000; p++) {
        film.getRaster().setSample(p % 60, p / 60, 0, 500 + 37 * (p * (i + 3) % 101));
      }
      ImageIO.write(film, "png", films.resolve(i + ".png").toFile());
      table.append(
          "%d.png,patient with %s.,p%d,%s\n"
              .formatted(
                  i,
                  i % 2 == 0 ? "gingivitis" : "stage ii periodontitis",
                  i,
                  i < 30 ? "train" : "test"));
    }
    Files.writeString(films.resolve("films.csv"), table);
    Path run = root.resolve("deep");
    done(
        shell.run(
            "train pairs --data image-text:%s --set data.size=48 --threads 1 --epochs 2 --out %s",
            films, run));
    JsonNode found =
        RunFolder.parse(
            done(shell.run("search %s --image %s --k 3 --json", run, films.resolve("34.png")))
                .out());
    assertThat(found.at("/results/0/match").asText()).isEqualTo("same picture");
    assertThat(found.at("/results/0/row").asInt()).isEqualTo(4);
    assertThat(found.at("/results/1/match").asText()).isEmpty();
  }

  /** What one machine's index finds, a database finds as well, and keeps it for the next search. */
  @Test
  void theVectorsMayLieInPostgresql() throws Exception {
    String query = "search %s male patient with stage ii periodontitis --k 5 --json";
    JsonNode exact = RunFolder.parse(done(shell.run(query + " --index exact", pairs)).out());
    String address;
    try (PostgresServer server = PostgresServer.start()) {
      address = server.address();
      Outcome first = done(shell.run(query + " --index %s", pairs, address));
      assertThat(first.err()).contains("indexed 90 new images");
      Outcome second = done(shell.run(query + " --index %s", pairs, address));
      assertThat(second.err()).doesNotContain("indexed");
      JsonNode found = RunFolder.parse(second.out());
      assertThat(found.get("results")).hasSize(5);
      for (int i = 0; i < 5; i++) {
        JsonNode one = found.get("results").get(i);
        JsonNode other = exact.get("results").get(i);
        assertThat(one.get("id")).isEqualTo(other.get("id"));
        assertThat(one.get("score").asDouble())
            .isCloseTo(other.get("score").asDouble(), within(1e-5));
      }
      String fewer = query + " --splits test --index %s";
      JsonNode test = RunFolder.parse(done(shell.run(fewer, pairs, address)).out());
      assertThat(test.get("results"))
          .hasSize(5)
          .allSatisfy(one -> assertThat(one.get("split").asText()).isEqualTo("test"));
    }
    assertThat(mistake(shell.run(query + " --index %s", pairs, address)))
        .contains("jdbc:postgresql://127.0.0.1")
        .doesNotContain("secret")
        .doesNotContain("\n");
    assertThat(done(shell.run("search %s male --k 1", pairs)).outLines()).hasSize(3); // without it
  }

  /** A process of its own: it answers until it is stopped, and slow clients are shut out. */
  @Test
  void serves() throws Exception {
    String limit = "-Djuxta.serve.head-seconds=" + HEADERS_SECONDS;
    try (Child child = shell.launch(limit, "serve %s --port 0", pairs)) {
      Matcher said =
          Pattern.compile("searching 90 images at (http://127.0.0.1:([0-9]+)/)")
              .matcher(child.awaitOut("http://"));
      assertThat(said.find()).isTrue();
      String address = said.group(1);
      assertThat(get(address)).contains("<title>Image search</title>");
      assertThat(get(address + "api/search?q=female")).contains("\"rank\":1");
      try (Socket slow = new Socket("127.0.0.1", Integer.parseInt(said.group(2)))) {
        slow.setSoTimeout(30_000);
        slow.getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.UTF_8));
        assertThat(slow.getInputStream().read()).as("closed").isEqualTo(-1);
      }
      assertThat(get(address + "api/run")).contains("\"model\":\"pairs-");
      Outcome second = shell.run("search %s female --k 1", pairs); // beside the server
      assertThat(done(second).outLines()).hasSize(3);
      Outcome busy = shell.run("serve %s --port " + said.group(2), pairs);
      assertThat(mistake(busy)).contains("cannot listen").contains("--port");
    }
  }

  @Test
  void aNetworkNeedsAToken() {
    assertThat(mistake(shell.run("serve %s --bind 0.0.0.0 --port 0", pairs)))
        .contains("--bind 0.0.0.0 would show", "--token WORD")
        .doesNotContain("\n");
    assertThat(mistake(shell.run("serve %s --token short --port 0", pairs)))
        .contains("--token takes");
  }

  private static String get(String address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void helpTeaches() {
    assertThat(shell.run("search --help").out()).contains("--where").contains("Examples:");
    assertThat(shell.run("serve --help").out())
        .contains("127.0.0.1")
        .contains("no password")
        .contains("--token");
    assertThat(shell.run("--help").out()).contains("search").contains("serve");
  }

  @Test
  void theIndexLiesInTheRunsFolder() throws IOException {
    done(shell.run("search %s female", pairs));
    try (var entries = Files.walk(pairs.resolve("search"))) {
      assertThat(entries.map(p -> p.getFileName().toString()))
          .contains("cards.jsonl", "index.json");
    }
  }
}
