package juxta.engine.hardware;

import java.util.Locale;
import java.util.Optional;

/** What training runs on. */
public sealed interface Device {
  /**
   * For the first line of a training.
   *
   * @return such as {@code NVIDIA H100} or {@code 2 cores, AVX2, oneDNN}
   */
  String description();

  /**
   * What decides the bits of a result: a run that goes on elsewhere ends with others.
   *
   * @return such as {@code NVIDIA H100} or {@code AVX2, oneDNN}
   */
  String kind();

  /**
   * Whether {@code auto} computes steps on images in bf16 on it.
   *
   * @return true where they are faster so
   */
  boolean prefersBf16();

  /**
   * Why bf16 must not be used on it.
   *
   * @return what it lacks, empty if it has all
   */
  Optional<String> objectionToBf16();

  /**
   * A graphics card.
   *
   * @param card which
   */
  record OnCard(Card card) implements Device {
    @Override
    public String description() {
      return card.name();
    }

    @Override
    public String kind() {
      return card.name();
    }

    @Override
    public boolean prefersBf16() {
      return card.multipliesBf16();
    }

    @Override
    public Optional<String> objectionToBf16() {
      return card.lacksBf16()
          ? Optional.of(
              String.format(
                  Locale.ROOT,
                  "%s has compute capability %.1f, bf16 begins with 8.0",
                  card.name(),
                  card.capability().getAsDouble()))
          : Optional.empty();
    }
  }

  /**
   * The processor.
   *
   * @param processor which
   * @param cores how many cores the process may use
   * @param oneDnn whether TensorFlow computes by oneDNN
   */
  record OnProcessor(Processor processor, int cores, boolean oneDnn) implements Device {
    @Override
    public String description() {
      return cores + (cores == 1 ? " core, " : " cores, ") + kind();
    }

    @Override
    public String kind() {
      return processor.best() + (oneDnn ? ", oneDNN" : "");
    }

    @Override
    public boolean prefersBf16() {
      return oneDnn && processor.multipliesBf16();
    }

    @Override
    public Optional<String> objectionToBf16() {
      Optional<String> lacks =
          processor.lacksForBf16().map(flags -> "this processor lacks " + flags);
      return lacks.or(
          () ->
              processor.isX86() && !oneDnn
                  ? Optional.of("oneDNN is off (TF_ENABLE_ONEDNN_OPTS=0)")
                  : Optional.empty());
    }
  }
}
