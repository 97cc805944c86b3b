package juxta.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import juxta.api.Architecture;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Method;
import juxta.api.Network;
import juxta.api.Plan;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.TestTransform;
import juxta.api.UserException;
import juxta.api.View;
import juxta.engine.catalogue.Registered;
import juxta.engine.train.ComponentFault;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Hands a run's choices to its method. */
public final class RunSetup implements Setup {
  private final Choices choices;
  private final Dataset data;
  private final DataSummary summary;
  private final Path folder;
  private final Consumer<View> asked;

  /**
   * A setup.
   *
   * @param choices what was chosen
   * @param data the open data set
   * @param folder the run's folder
   */
  public RunSetup(Choices choices, Dataset data, Path folder) {
    this(choices, data, folder, view -> {});
  }

  /**
   * A setup that tells which views are asked for.
   *
   * @param choices what was chosen
   * @param data the open data set
   * @param folder the run's folder
   * @param asked is told of each view before it is made
   */
  public RunSetup(Choices choices, Dataset data, Path folder, Consumer<View> asked) {
    this.choices = choices;
    this.data = data;
    this.summary = DataSummary.of(data);
    this.folder = folder;
    this.asked = asked;
  }

  /**
   * Has the method plan the run.
   *
   * @return the plan
   * @throws UserException if something does not fit
   */
  Plan plan() {
    Registered<Method> method = choices.method();
    return ComponentFault.in(method, "plan()", () -> method.component().plan(this));
  }

  @Override
  public Settings settings() {
    return choices.of("method");
  }

  @Override
  public Dataset data() {
    return data;
  }

  @Override
  public DataSummary summary() {
    return summary;
  }

  @Override
  public int batch() {
    return choices.batch();
  }

  @Override
  public int epochs() {
    return choices.epochs();
  }

  @Override
  public long seed() {
    return choices.seed();
  }

  @Override
  public Path artefacts() {
    return artefacts(folder);
  }

  /** Where the tasks of the run in a folder leave their files. */
  static Path artefacts(Path folder) {
    return folder.resolve("artefacts");
  }

  @Override
  public Network encoder(GraphScope scope) {
    Registered<Encoder> encoder = chosen("encoder", choices.encoder());
    long[] input = input();
    Network network =
        ComponentFault.in(
            encoder,
            "create()",
            () -> encoder.component().create(scope, input, choices.of("encoder")));
    return new SharedNetwork(scope, new CheckedNetwork(encoder, network));
  }

  /** Names of the encoder's parameters in files by its own. */
  Map<String, String> aliases() {
    return chosen("encoder", choices.encoder()).component().aliases();
  }

  /** Further spellings of these names, in which files of others are read. */
  List<Map<String, String>> spellings() {
    return chosen("encoder", choices.encoder()).component().spellings();
  }

  /** What the encoder is called in Python. */
  Optional<Architecture> architecture() {
    return choices
        .encoder()
        .flatMap(
            encoder ->
                ComponentFault.in(
                    encoder,
                    "architecture()",
                    () -> encoder.component().architecture(input(), choices.of("encoder"))));
  }

  /** What views for evaluation are. */
  Optional<TestTransform> test() {
    return choices.augmentation().isEmpty()
        ? Optional.empty()
        : augment("test()", (a, own) -> a.test(summary, own));
  }

  /** What was chosen. */
  Choices choices() {
    return choices;
  }

  String encoderName() {
    return choices.encoderName();
  }

  private long[] input() {
    String field = data.kind() == DataKind.VOLUMES ? Field.VOLUME : Field.IMAGE;
    return LongStream.concat(
            lengths(View.Kind.GLOBAL).stream().mapToLong(Integer::longValue),
            LongStream.of(channels(field)))
        .toArray();
  }

  private long channels(String field) {
    List<Long> shape = data.train().field(field).shape();
    return shape.get(shape.size() - 1);
  }

  @Override
  public Batch view(GraphScope scope, Batch batch, View view) {
    asked.accept(view);
    return SharedNetwork.records(
        scope,
        batch,
        part -> augment("apply()", (a, own) -> a.apply(scope, part, view, summary, own)));
  }

  @Override
  public Operand<TFloat32> pixels(GraphScope scope, Operand<TFloat32> image) {
    return augment("pixels()", (a, own) -> a.pixels(scope, image, own));
  }

  @Override
  public int side(View.Kind kind) {
    return augment("side()", (a, own) -> a.side(kind, summary, own));
  }

  @Override
  public List<Integer> lengths(View.Kind kind) {
    return augment("lengths()", (a, own) -> a.lengths(kind, summary, own));
  }

  private <R> R augment(String what, BiFunction<Augmentation, Settings, R> call) {
    Registered<Augmentation> augmentation = chosen("augmentation", choices.augmentation());
    Settings own = choices.of("augmentation");
    return ComponentFault.in(augmentation, what, () -> call.apply(augmentation.component(), own));
  }

  @Override
  public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
    Registered<Loss> loss = chosen("loss", choices.loss());
    Operand<TFloat32> made =
        ComponentFault.in(
            loss, "apply()", () -> loss.component().apply(scope, comparison, choices.of("loss")));
    if (made.shape().numDimensions() != 0) {
      throw ComponentFault.nonsense(
              "apply()", "made a loss of shape " + made.shape() + ", which must be a scalar,")
          .of(loss);
    }
    return made;
  }

  private <C extends juxta.api.Component> Registered<C> chosen(
      String part, Optional<Registered<C>> choice) {
    return choice.orElseThrow(
        () ->
            new UserException(
                "method '"
                    + choices.method().id()
                    + "' needs "
                    + (part.startsWith("a") || part.startsWith("e") ? "an " : "a ")
                    + part
                    + "; pass --"
                    + part
                    + " (see 'juxta list')"));
  }
}
