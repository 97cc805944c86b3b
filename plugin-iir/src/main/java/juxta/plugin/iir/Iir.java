package juxta.plugin.iir;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Method;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Sampler;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.Tour;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.optim.Schedules;

/**
 * Contrastive representations for instance retrieval.
 *
 * <pre>
 * weights    those of a file, if one is given
 * contrast   NT-Xent on the training images                        (contrastive arms)
 * tune       L = 1 - mean AP of every image's ranking of the batch  (tuned arms)
 * whiten     PCA or pairs, on descriptors of the training images   (if asked for)
 * </pre>
 *
 * <p>The paper takes a network that others trained contrastively. No such weights come with Juxta,
 * so the contrastive arms have a phase that trains on the training images, from {@code weights} if
 * given (a classifier's, for example) and otherwise from scratch; {@code contrast-iterations=0}
 * leaves it out for those who have contrastive weights. The methods that the paper compares with
 * are the same program with parts left out: see {@link Arm}. The paper's own text could not be had;
 * what its abstract and figure leave open follows {@code naver/deep-image-retrieval}.
 *
 * @see <a href="https://arxiv.org/abs/2209.13832">the paper</a>
 */
public final class Iir implements Method {
  private final Arm arm;

  /** Made by the service loader. */
  public Iir() {
    this(Arm.CONTRASTIVE_AP);
  }

  Iir(Arm arm) {
    this.arm = arm;
  }

  @Override
  public String id() {
    return arm.id();
  }

  @Override
  public String summary() {
    return arm.summary();
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Wu, Luo, Wunsch",
            "Learning Deep Representations via Contrastive Learning for Instance Retrieval",
            2022,
            "https://arxiv.org/abs/2209.13832"));
  }

  @Override
  public List<Setting<?>> settings() {
    return arm.settings();
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return arm.tuned();
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return IirPresets.of(name, arm, data);
  }

  @Override
  public Optional<Tour> tour() {
    return arm == Arm.CONTRASTIVE_AP
        ? Optional.of(
            new Tour(
                "shapes",
                List.of("instances"),
                Map.ofEntries(
                    Map.entry("data.train-size", "800"),
                    Map.entry("data.instances", "100"),
                    Map.entry("data.test-size", "250"),
                    Map.entry("data.variety", "0.5"),
                    Map.entry("encoder", "resnet-small"),
                    Map.entry("augmentation.size", "32"),
                    Map.entry("contrast-iterations", "240"),
                    Map.entry("iterations", "120")),
                120))
        : Optional.empty();
  }

  @Override
  public Plan plan(Setup setup) {
    Settings s = setup.settings();
    check(setup);
    boolean whitened = !s.get(arm.whitening()).equals("none");
    List<Phase> phases = new ArrayList<>();
    IirSettings.file(s)
        .ifPresent(
            file ->
                phases.add(
                    new Phase.Task("weights", context -> ImportTask.run(setup, file, context))));
    if (arm.contrastive() && s.get(IirSettings.CONTRAST_ITERATIONS) > 0) {
      TrainingPhase contrast = contrast(setup);
      phases.add(new Phase.Training("contrast", artefacts -> contrast));
    }
    if (arm.tuned()) {
      if (s.get(IirSettings.START).equals("pca")) {
        phases.add(new Phase.Task("start", context -> WhiteningTask.start(setup, context)));
      }
      TrainingPhase tune = tune(setup);
      phases.add(new Phase.Training("tune", artefacts -> tune));
    }
    if (whitened) {
      String kind = s.get(arm.whitening());
      phases.add(new Phase.Task("whiten", context -> WhiteningTask.fit(setup, kind, context)));
    }
    return new Plan(phases, Functions.of(setup, arm, whitened));
  }

  private void check(Setup setup) {
    Settings s = setup.settings();
    List<String> problems = new ArrayList<>();
    try {
      DescriptorNetwork.scales(s.get(IirSettings.SCALES));
    } catch (UserException e) {
      problems.addAll(e.problems());
    }
    if (!arm.contrastive() && s.get(IirSettings.WEIGHTS).isEmpty()) {
      problems.add(
          id()
              + ": needs a classifier's weights: --set weights=FILE (see 'juxta describe "
              + id()
              + "'), or --set weights=init for those of --init-from");
    }
    Split train = setup.data().train();
    boolean whitened = !s.get(arm.whitening()).equals("none");
    if ((arm.trains() || whitened) && train.size() < 2) {
      problems.add(
          id()
              + ": the training split has "
              + train.size()
              + " image; name training data, or take --set whitening=none with a method that trains"
              + " nothing");
    }
    if (arm.tuned() && !train.has(TuningStep.instanceField(setup))) {
      problems.add(
          id()
              + ": the training images have neither the field 'instance' nor 'label'; take others");
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static TrainingPhase contrast(Setup setup) {
    Settings s = setup.settings();
    int size = setup.data().train().size();
    int batch = Math.min(size, s.get(IirSettings.CONTRAST_BATCH).orElse(setup.batch()));
    long steps = s.get(IirSettings.CONTRAST_ITERATIONS);
    return TrainingPhase.of(
        steps,
        Samplers.shuffled(Dataset.TRAIN, size, batch),
        Map.of(
            LEARNING_RATE,
            Schedules.warmupCosine(s.get(IirSettings.CONTRAST_RATE), 0, steps / 20, steps)),
        context -> ContrastiveStep.build(setup, batch, context));
  }

  private TrainingPhase tune(Setup setup) {
    Settings s = setup.settings();
    String field = TuningStep.instanceField(setup);
    int[] instances = numbers(setup.data().train(), field);
    int available = (int) IntStream.of(instances).filter(i -> i >= 0).distinct().count();
    if (available < 2) {
      throw new UserException(
          id()
              + ": the training images show "
              + available
              + " instances; ranking needs two at least, with several images each");
    }
    TuningStep.Composition composition =
        TuningStep.Composition.of(setup.batch(), s.get(IirSettings.PER_INSTANCE), available);
    Sampler sampler =
        Samplers.classBalanced(
            Dataset.TRAIN, instances, composition.instances(), composition.each());
    long steps = s.get(IirSettings.ITERATIONS);
    return TrainingPhase.of(
        steps,
        sampler,
        Map.of(LEARNING_RATE, Schedules.linear(s.get(IirSettings.RATE), 0, steps)),
        context -> TuningStep.build(setup, arm, composition.batch(), field, context));
  }

  /** A field of whole numbers, one a record. */
  static int[] numbers(Split split, String field) {
    return IntStream.range(0, split.size()).map(i -> split.value(field, i).number()).toArray();
  }
}
