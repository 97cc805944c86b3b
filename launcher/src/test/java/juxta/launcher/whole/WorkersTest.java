package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What passes over the data make of three workers is what one process makes of it alone. All are
 * processes of one kind: without oneDNN the last bits hang on the number of threads.
 */
class WorkersTest {
  /** So many records that there is a batch for each. */
  private static final String MINE =
      "train spps "
          + Shell.TINY
          + " --set data.train-size=1100 --epochs 0 --set bootstrap-epochs=0 --set pair-share=0.1"
          + " --set similarity-min=0.5 --set similarity-max=1 --out %s";

  private static final String EMBED =
      "embed %s --data shapes --set data.train-size=1100 --split train --out %s";

  @TempDir Path root;

  @Test
  void threeOfThemMineAndEmbedTheBytesOfOneProcess() {
    Shell shell = Shell.in(root);
    Path alone = root.resolve("alone");
    Path shared = root.resolve("shared");
    try (Lent a = Lent.start(shell);
        Lent b = Lent.start(shell);
        Lent c = Lent.start(shell)) {
      try (Child mining = Lent.leader(shell, MINE, alone)) {
        mining.done();
      }
      String workers =
          " --workers "
              + String.join(
                  ",", a.lending().address(), b.lending().address(), c.lending().address());
      try (Child mining = Lent.leader(shell, MINE + workers, shared);
          Child embedding = Lent.leader(shell, EMBED, alone, root.resolve("alone.npy"))) {
        mining.done();
        embedding.done();
      }
      try (Child embedding = Lent.leader(shell, EMBED + workers, alone, root.resolve("all.npy"))) {
        embedding.done();
      }
    }
    Path pairs = Path.of("artefacts", "pairs.txt");
    assertThat(shared.resolve(pairs)).hasSameBinaryContentAs(alone.resolve(pairs));
    assertThat(root.resolve("all.npy")).hasSameBinaryContentAs(root.resolve("alone.npy"));
  }
}
