package juxta.benchmarks.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import juxta.benchmarks.claims.Verdict.Kind;
import juxta.launcher.report.PairedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void theRuleIsThatOfThePage() {
    // differences .01, .02, .03: error .005774, p = .0742, half = 4.303 errors = .02484
    Verdict open = verdict(Optional.of(0.1), .01, .02, .03);
    assertThat(open.low()).isCloseTo(-.00484, within(1e-4));
    assertThat(open.high()).isCloseTo(.04484, within(1e-4));
    assertThat(open.kind()).isEqualTo(Kind.REFUTED); // the paper's gain is out of reach
    assertThat(verdict(Optional.of(0.04), .01, .02, .03).kind()).isEqualTo(Kind.OPEN);
    assertThat(verdict(Optional.empty(), .01, .02, .03).kind()).isEqualTo(Kind.OPEN);
    assertThat(verdict(Optional.of(0.5), .019, .02, .021).kind()).isEqualTo(Kind.SHOWN);
    assertThat(verdict(Optional.empty(), -.1, .05, .04).kind()).isEqualTo(Kind.REFUTED);
    assertThat(verdict(Optional.empty(), 0, 0, 0).kind()).isEqualTo(Kind.REFUTED);
  }

  private static Verdict verdict(Optional<Double> published, double... differences) {
    return Verdict.of(PairedTest.of(differences, new double[differences.length]), published);
  }

  @Test
  void rowsAndNumbersAreQuestionsAndOnePairIsNoAnswer() throws IOException {
    Files.writeString(
        folder.resolve("questions.csv"),
        """
        claim,question,metric,method,against,published
        c,above chance,knn/accuracy,new/a,0.1,
        c,above b & all,knn/accuracy,new/a,old/b,
        """);
    Files.createDirectory(folder.resolve("c"));
    String heads = "method,encoder,data,seed,evaluator,metric,value\n";
    Files.writeString(
        folder.resolve("c/new.0.csv"),
        heads + "a,e,made,0,knn,accuracy,0.31\na,e,made,1,knn,accuracy,0.30\n");
    Files.writeString(folder.resolve("c/old.csv"), heads + "b,e,made,1,knn,accuracy,0.4\n");
    Map<Question, Optional<Verdict>> verdicts = Verdicts.of(folder);
    assertThat(Verdicts.table(verdicts))
        .isEqualTo(
            """
            | claim | question | metric | difference in points (95 %) | p | pairs | verdict |
            |---|---|---|---|---|---|---|
            | c | above chance | knn/accuracy | +20.5 (+14.1 to +26.9) | 0.016 | 2 | shown |
            | c | above b & all | knn/accuracy |  | | | open |
            """);
    assertThat(Verdicts.picture(verdicts)).contains("above chance").doesNotContain("above b");
  }

  @Test
  void thePictureInTheDocumentationIsThatOfTheScores() throws IOException {
    assertThat(Verdicts.picture(Verdicts.of(CLONE.resolve("benchmarks/claims-results"))))
        .as("docs/claims.svg: benchmarks/run verdicts docs/claims.svg makes it again")
        .isEqualTo(Files.readString(CLONE.resolve("docs/claims.svg")));
  }
}
