package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plug-in does wrong is said to be the plug-in's: with jar, component, place and trace. */
class PluginFaultsTest {
  private static final String AUTHOR = "; report it to the plug-in's author";
  private static final String LINES = AUTHOR + " with these lines:";

  @TempDir static Path root;

  private static Shell shell;

  @BeforeAll
  static void install() {
    shell = Shell.in(root);
    Frail.addTo(shell);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plan     | threw IllegalStateException: boom in plan()
          step     | threw IllegalStateException: boom in the step function of phase 'first'
          assertion | threw AssertionError: never in the step function of phase 'first'
          sampler  | threw IllegalStateException: boom in the sampler of phase 'first'
          schedule | threw IllegalStateException: boom in schedule 'learning-rate' of phase 'first'
          program  | threw IllegalStateException: boom in step 0 of phase 'first'
          task     | threw IllegalStateException: boom in task 'second'
          """)
  void whatIsThrownIsNamedWithItsOwnTrace(String where, String what) {
    Outcome outcome = train(where);
    assertThat(outcome.status()).isEqualTo(1);
    List<String> said = said(outcome);
    assertThat(said).first().isEqualTo("juxta: frail.jar: method 'frail' " + what + LINES);
    assertThat(said.subList(1, said.size()))
        .isNotEmpty()
        .anyMatch(line -> line.matches("    at frail@1.0/frail\\.Frail\\b.*"))
        .allMatch(
            line -> line.matches("    at frail@1.0/.*|[\\w.]+(Exception|Error): (boom|never)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no-plan  | returned null in plan()
          no-step  | returned null in the step function of phase 'first'
          trainless | trains nothing (no optimizer minimizes the loss) in the step function of phase 'first'
          rank     | made a 'loss' of shape [8], which must be a scalar, in the step function of phase 'first'
          too-few  | gave 3 records for step 0 of stream 'main', which has 8, in the sampler of phase 'first'
          index    | gave record 80 of split 'train', which has 80, in the sampler of phase 'first'
          """)
  void whatMakesNoSenseIsRefusedByNameBeforeTheFirstStep(String where, String what) {
    Outcome outcome = train(where);
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(said(outcome)).containsExactly("juxta: frail.jar: method 'frail' " + what + AUTHOR);
    assertThat(root.resolve(where + "/metrics.jsonl"))
        .satisfiesAnyOf(
            file -> assertThat(file).doesNotExist(), file -> assertThat(file).isEmptyFile());
  }

  /** No code of the plug-in runs when TensorFlow finds out; still the step is the plug-in's. */
  @Test
  void whatFailsInTheGraphIsNamedToo() {
    Outcome outcome = train("graph");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(said(outcome))
        .first()
        .asString()
        .contains("frail")
        .containsAnyOf("in step 0 of phase 'first'", "in the step function of phase 'first'");
  }

  @Test
  void aMistakeThatAPluginFindsIsAMistake() {
    Outcome outcome = train("mistake");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(said(outcome)).containsExactly("juxta: where: 'mistake' is none; choose another");
  }

  @Test
  void presetsAreJudged() {
    Outcome typing = preset("typing");
    assertThat(typing.status()).isEqualTo(2);
    assertThat(said(typing))
        .singleElement()
        .asString()
        .contains("preset typing sets 'wheer', which nothing in this run has", "method");
    Outcome wrong = preset("wrong");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(said(wrong))
        .first()
        .isEqualTo(
            "juxta: frail.jar: method 'frail' threw IllegalStateException: no such page in"
                + " preset()"
                + LINES);
    assertThat(said(preset("none")))
        .containsExactly("juxta: frail.jar: method 'frail' returned null in preset()" + AUTHOR);
  }

  @Test
  void evaluatorsAndFunctions() {
    Path run = root.resolve("trained");
    assertThat(shell.run(Frail.TRAIN + " --out %s", run).status()).isZero();
    Outcome outcome =
        shell.run("evaluate %s --evaluators brittle,knn --set brittle.how=throws", run);
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.out()).contains("knn accuracy");
    assertThat(outcome.errLines())
        .contains(
            "failed: brittle: frail.jar: evaluator 'brittle' threw IllegalStateException: boom in"
                + " evaluate()"
                + AUTHOR)
        .anyMatch(line -> line.matches("    at frail@1.0/frail\\.Brittle\\.evaluate.*"));
    assertThat(run.resolve("scores.json")).content().contains("knn").doesNotContain("brittle");

    Outcome none = shell.run("evaluate %s --evaluators brittle --set brittle.how=null", run);
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err())
        .contains("frail.jar: evaluator 'brittle' returned null in evaluate()" + AUTHOR);
    Map.of(
            "empty", "returned no score",
            "twice", "returned the score 'size' twice",
            "percent", "returned the rate 'size' of 17.0, which is a fraction of 1,")
        .forEach(
            (how, what) ->
                assertThat(
                        shell
                            .run("evaluate %s --evaluators brittle --set brittle.how=%s", run, how)
                            .errLines())
                    .contains(
                        "failed: brittle: frail.jar: evaluator 'brittle' "
                            + what
                            + " in evaluate()"
                            + AUTHOR));
    Outcome mistake = shell.run("evaluate %s --evaluators brittle --set brittle.how=mistake", run);
    assertThat(mistake.status()).isEqualTo(2);

    Outcome function = shell.run(Frail.TRAIN + " --set where=function --out %s", root.resolve("f"));
    assertThat(function.status()).isEqualTo(1);
    assertThat(function.err())
        .contains(
            "juxta: frail.jar: method 'frail' threw IllegalStateException: boom in function"
                + " 'embed'"
                + LINES);
  }

  /** Not the method's, which only uses them. */
  @Test
  void lossesAndEncodersAreHeldToWhatTheySay() {
    String line =
        "train simclr --preset small --data shapes --set data.train-size=16 --set data.test-size=16"
            + " --set data.side=16 --batch 8 --epochs 1 --precision float32 --out %s";
    assertThat(
            said(
                shell.run(
                    line + " --encoder resnet-small --set encoder.width=4 --loss skewed",
                    root.resolve("skewed"))))
        .containsExactly(
            "juxta: frail.jar: loss 'skewed' made a loss of shape [16], which must be a scalar, in"
                + " apply()"
                + AUTHOR);
    assertThat(said(shell.run(line + " --encoder vain", root.resolve("vain"))))
        .containsExactly(
            "juxta: frail.jar: encoder 'vain' made an embedding of shape [16, 4] where it says"
                + " [B, 8] in apply()"
                + AUTHOR);
  }

  private static Outcome train(String where) {
    return shell.run(Frail.TRAIN + " --set where=%s --out %s", where, root.resolve(where));
  }

  private static Outcome preset(String name) {
    return shell.run(Frail.TRAIN + " --preset %s --out %s", name, root.resolve("preset-" + name));
  }

  /** From the first line of Juxta's own on. */
  private static List<String> said(Outcome outcome) {
    return outcome.errLines().stream().dropWhile(line -> !line.startsWith("juxta")).toList();
  }
}
