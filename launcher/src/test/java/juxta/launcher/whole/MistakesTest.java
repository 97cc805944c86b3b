package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user types wrong is said in one line, with the remedy, before anything is written. */
class MistakesTest {
  @TempDir static Path root;

  private static Shell shell;

  @BeforeAll
  static void install() throws IOException {
    shell = Shell.in(root);
    Toy.addTo(shell);
    Files.writeString(root.resolve("no.yaml"), "batch: [1,\n  - 2: }\n");
    Files.writeString(root.resolve("list.yaml"), "- batch\n- epochs\n");
    Files.writeString(root.resolve("void.yaml"), "epochs:\n");
    Files.writeString(root.resolve("alias.yaml"), "a: &a [[*a]]\n");
    Files.writeString(root.resolve("deep.yaml"), "[".repeat(5000));
    Files.writeString(root.resolve("lines.yaml"), "\"k\\nzzz\": 1\n");
    Files.writeString(root.resolve("key.yaml"), "data:\n  trian-size: 3\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trian simclr                             | no command 'trian'       | mean 'train'?
          train smclr                              | no method 'smclr'        | mean 'simclr'?
          train resnet18                           | one of the encoders      | put the jar
          train                                    | expected one method      | --help
          train simclr --epoch 3                   | unknown option '--epoch' | mean '--epochs'?
          train simclr --epochs                    | --epochs needs a value    | --help
          train simclr --epochs many               | 'many'                   | whole number
          train simclr --set basrate               | 'basrate'                | key=value
          train simclr --set base-rat=1            | 'base-rat'               | mean 'base-rate'?
          train simclr --set base-rate=-1          | '-1' is out of range     | 0 to 1000
          train simclr --set optimizer=sdg         | 'sdg' is none of         | sgd
          train simclr --set encoder.widht=1       | 'encoder.widht'          | 'encoder.width'?
          train simclr --set loss.temperatur=1     | 'loss.temperatur'        | 'loss.temperature'?
          train simclr --set knn.kk=1              | 'knn.kk'                 | mean 'knn.k'?
          train toy --set loss.temperature=1       | has no loss              | leave it out
          train byol --loss ntxent                 | an objective of its own  | leave --loss out
          train simclr --set data.trian-size=1     | 'data.trian-size'        | 'data.train-size'?
          train simclr --encoder resnet-smal       | no encoder               | 'resnet-small'?
          train simclr --preset smal               | no preset 'smal'         | mean 'small'?
          train simclr --seed -1                   | '-1' is out of range     | 0 or more
          train simclr --precision float16         | 'float16' is none of     | float32
          train simclr --device tpu                | 'tpu' is none of         | gpu:N
          train simclr --device gpu:77             | gpu:77 was asked for     | --device cpu
          compare --methods simclr --device gpu:77 | gpu:77 was asked for     | --device cpu
          evaluate {}/absent --device gpu:77       | gpu:77 was asked for     | --device cpu
          tour --device gpu:77                     | gpu:77 was asked for     | --device cpu
          train simclr --xla --device cpu          | xla: it is for cards     | leave --xla out
          train simclr --data shape                | no data set 'shape'      | mean 'shapes'?
          train simclr --config {}/no.yaml         | no.yaml                  | line
          train simclr --config {}/list.yaml       | list.yaml                | 'key: value'
          train simclr --config {}/key.yaml        | 'data.trian-size'        | 'data.train-size'?
          train simclr --config {}/void.yaml       | 'epochs' has no value     | leave the line out
          train simclr --config {}/alias.yaml      | alias.yaml: Number of aliases | write values out
          train simclr --config {}/deep.yaml       | deep.yaml: is nested     | 'key: value'
          train simclr --config {}/lines.yaml      | 'k\\nzzz' is no key      | loss.temperature
          train simclr --set knn.k=3               | knn.k: nothing reads it  | 'juxta evaluate'
          train simclr --set temprature=1          | 'temprature'             | mean 'loss.temperature'?
          train iir-contrastive --epochs 1 | epochs: method 'iir-contrastive' trains nothing by epochs | leave --epochs out
          train pixels --encoder resnet18          | method 'pixels' uses no encoder | leave --encoder out
          compare --methods simclr --evaluators linear --set knn.k=3 | knn.k: nothing reads it | leave it out
          train simclr --config {}/absent.yaml     | absent.yaml              | cannot read
          train simclr --fold 2                    | fold: '2' is no fold     | as 2/5
          train simclr --fold 6/5                  | is none of the folds     | 1/5 to 5/5
          train simclr --fold 1/90 --set data.instances=40 --set data.train-size=80 --set data.test-size=20 | has 50 objects to deal out, too few for 90 folds | take 50 or fewer
          compare --methods simclr --folds 1       | --folds takes 2 or more  | not 1
          compare --methods simclr --folds three   | 'three'                  | whole number
          compare --methods simclr --folds 3 --fold 1/3 | --folds tests every fold | leave one of the two out
          train simclr --resume --out {}/absent    | holds no run             | leave --resume out
          train simclr --resume --init-from x      | --resume continues       | pass one
          train simclr --init-from {}/no           | {}/no                    | name a run folder
          train simclr --batch 601                 | batch: 601 is larger     | pass --batch 600
          train spps --set reference={}/absent     | reference: '{}/absent'   | name a file
          compare --methods spps,byol --set spps.reference={}/no | reference: '{}/no'       | name a file
          evaluate {}/absent                       | {}/absent holds no run   | name the --out
          compare --data shapes                    | --methods is missing     | for example
          compare --methods simclr --evaluators kn | no evaluator 'kn'        | mean 'knn'?
          compare --methods simclr --seeds 0       | --seeds                  | 1 or more
          compare --methods simcrl                 | no method 'simcrl'       | mean 'simclr'?
          preview                                  | --data is missing        | --data image-folder:
          preview shapes                           | 'shapes' stands alone    | by --data
          preview --data shape                     | no data set 'shape'      | mean 'shapes'?
          preview --data shapes --records 101      | --records takes 0 to 100 | not 101
          preview --data shapes --sample 0         | --sample takes 1 or more | not 0
          preview --data shapes --method smclr     | no method 'smclr'        | mean 'simclr'?
          preview --data shapes --set data.sid=3   | 'data.sid'               | mean 'data.side'?
          preview --data shapes --out x.jpg        | the sheet is a PNG       | ends in .png
          preview --data shapes --out x.png --records 0 | makes no sheet      | leave one
          preview --data image-folder:{}/absent    | there is no folder       | --data image-folder:
          list method                              | no 'method'              | mean 'methods'?
          describe simcrl                          | nothing is called        | mean 'simclr'?
          plugins trsut toy                        | 'trsut toy'              | mean 'trust'?
          doctor me                                | got 'me'                 | --help
          plugins trust toi                        | no plug-in 'toi'         | mean 'toy'?
          """)
  void areSaidInOneLine(String line, String what, String remedy) {
    String at = root.toString();
    String words = line.replace("{}", at);
    boolean trains = line.startsWith("train ");
    Path out = root.resolve("out");
    Outcome outcome =
        shell.run(
            words
                + (trains && !line.contains("data.tr") && !line.contains("--data ")
                    ? " --set data.train-size=600 --set data.test-size=16"
                    : "")
                + (trains && !line.contains("--out") ? " --out " + out : ""));
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .startsWith("juxta")
        .contains(what.replace("{}", at))
        .contains(remedy);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void areReportedTogether() {
    Outcome outcome =
        shell.run(
            "train simclr --encoder resnet-smal --epochs -3 --set basrate=1 --set data.side=0"
                + " --set loss.temperature=0 --out "
                + root.resolve("out"));
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errLines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("juxta: "))
        .anyMatch(line -> line.contains("resnet-smal"))
        .anyMatch(line -> line.contains("epochs"))
        .anyMatch(line -> line.contains("basrate"))
        .anyMatch(line -> line.contains("data.side"));
    Outcome compare =
        shell.run("compare --methods simcrl,patchmix --evaluators kn,linear --set data.sid=1");
    assertThat(compare.errLines()).hasSize(3);
    assertThat(compare.status()).isEqualTo(2);
    Outcome files =
        shell.run(
            "train claires --set vocabulary=no.txt --set text-weights=no.st --set max-tokes=9");
    assertThat(files.errLines())
        .hasSize(3)
        .anyMatch(line -> line.contains("vocabulary: 'no.txt' is not there"))
        .anyMatch(line -> line.contains("text-weights: 'no.st' is not there"));
  }

  @Test
  void aFolderThatHoldsSomethingElseIsNotTouched() throws IOException {
    Path out = root.resolve("taken");
    assertThat(shell.run(Toy.TRAIN + " --epochs 1 --out %s", out).status()).isZero();
    List<String> tries =
        List.of(
            Toy.TRAIN + " --epochs 1 --out %s",
            "train simclr --out %s",
            "train simclr --out %s --resume",
            Toy.TRAIN + " --epochs 2 --out %s --resume",
            Toy.TRAIN + " --epochs 1 --set data.seed=5 --out %s --resume");
    List<String> remedies =
        List.of(
            "pass --resume to continue it",
            "already holds a run of 'toy'; choose another --out",
            "holds a run of 'toy', which cannot be resumed as 'simclr'",
            "epochs: 1 -> 2",
            "data.seed: (default) -> 5");
    for (int i = 0; i < tries.size(); i++) {
      Outcome outcome = shell.run(tries.get(i), out);
      assertThat(outcome.errLines().stream().filter(l -> l.startsWith("juxta: ")))
          .singleElement()
          .asString()
          .contains(remedies.get(i))
          .contains("another --out");
      assertThat(outcome.status()).isEqualTo(2);
    }
    Path foreign = Files.createDirectories(root.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.tex"), "precious");
    Outcome outcome = shell.run(Toy.TRAIN + " --out %s", foreign);
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .contains("is not empty and holds no run; choose another --out");
    assertThat(foreign).isDirectoryContaining("glob:**/thesis.tex");
  }

  @Test
  void anOptionThatIsGivenTwiceWithTwoValuesIsRefused() {
    Outcome outcome = shell.run(List.of("train", "simclr", "--epochs", "1", "--epochs", "2"));
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errLines())
        .containsExactly("juxta train: --epochs is given as 1 and as 2; pass it once");
    // the same twice is no question
    assertThat(shell.run(List.of("list", "methods", "--json", "--json")).status()).isZero();
  }
}
