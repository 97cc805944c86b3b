package example;

import java.nio.file.Path;
import juxta.inference.Embedder;
import juxta.inference.Index;

/** Finds the pictures that are most alike to one: model, embeddings, picture. */
public final class Similar {
  public static void main(String... args) {
    Index index = Index.open(Path.of(args[1]));
    try (Embedder model = Embedder.open(Path.of(args[0]))) {
      for (Index.Hit hit : index.search(model.embed(Path.of(args[2])), 5)) {
        System.out.printf("%.3f %s %s%n", hit.similarity(), hit.id(), hit.label());
      }
    }
  }
}
