package juxta.plugin.claires;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Comparison;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Sampler;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TaskContext;
import juxta.api.Tour;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.api.View;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.optim.AdamW;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Optimizer;
import juxta.toolkit.optim.Schedules;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Dental CLAIRES: an image encoder and a text encoder are trained so that a radiograph and its
 * description come to lie close to each other, and radiographs are then found by describing them.
 *
 * <p>The paper's abstract names the task and the results only. What it leaves open follows the
 * public tutorial that is built of the same three parts (ResNet-50, DistilBERT, projection heads),
 * <a href="https://github.com/moein-shariatnia/OpenAI-CLIP">moein-shariatnia/OpenAI-CLIP</a>.
 *
 * <pre>
 * h_I = ResNet(image)              [B, 2048]     h_T = DistilBERT(text)[CLS]      [B, 768]
 * z   = LayerNorm(p + Dropout(GELU(p) W2 + b2)),  p = h W1 + b1                   [B, 256]
 * G   = T V^T / tau, T = z_T, V = z_I             see {@link ClairesLoss} for the losses of G
 * </pre>
 *
 * <p>Phases: {@code vocabulary} leaves the lexicon with the run's artefacts and takes over given
 * weights, {@code train} trains, {@code text-encoder} leaves the trained text encoder there under
 * Hugging Face's names.
 *
 * @see <a href="https://arxiv.org/abs/2306.15651">the paper</a>
 */
public final class Claires implements Method {
  /** Function that tells the loss of a batch from its projections. */
  static final String LOSS = "loss";

  /** Output of the embedding functions before their length is made 1: z, [B, 256]. */
  static final String PROJECTED = "projection";

  private static final String IMAGES = "encoder";
  private static final String TEXTS = "text";

  /** Made by the service loader. */
  public Claires() {}

  @Override
  public String id() {
    return "claires";
  }

  @Override
  public String summary() {
    return "Dental CLAIRES: images and their texts attract, so that images are found by text";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Kabir, Chen, Walji, Giancardo, Jiang, Shams",
            "Dental CLAIRES: Contrastive LAnguage Image REtrieval Search for Dental Research",
            2023,
            "https://arxiv.org/abs/2306.15651"));
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.IMAGES_WITH_TEXT);
  }

  @Override
  public List<Setting<?>> settings() {
    return ClairesSettings.ALL;
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return settings.get(ClairesSettings.OBJECTIVE).equals(ClairesSettings.CHOSEN);
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("encoder", "resnet50");
    preset.put("augmentation", "radiograph");
    preset.put("batch", "32");
    preset.put("epochs", "30");
    if (name.equals(SMALL)) {
      preset.put("encoder", "conv-small");
      preset.put("encoder.pooling", "mean-max");
      preset.put("augmentation.size", "64");
      preset.put("epochs", "60");
      // from scratch it learned faster than the soft one
      preset.put("objective", "hard");
      preset.put("image-rate", "1e-3");
      preset.put("text-rate", "1e-3");
      // the loss rests while one part of the texts is known and the next is not found yet; rates
      // that fall then never find it
      preset.put("plateau-factor", "0.7");
      preset.put("plateau-patience", "8");
      preset.put("early-stop", "25");
      preset.put("text-dropout", "0");
      preset.put("projection-dropout", "0");
      preset.put("max-tokens", "64");
      preset.put("text-layers", "2");
      preset.put("text-width", "128");
      preset.put("text-heads", "4");
      preset.put("text-hidden", "512");
      preset.put("precision", "auto");
    }
    return preset;
  }

  @Override
  public Optional<Tour> tour() {
    return Optional.of(
        new Tour(
            "dental",
            List.of("retrieval"),
            Map.ofEntries(
                Map.entry("data.size", "96"),
                Map.entry("augmentation.size", "64"),
                Map.entry("data.train-size", "600"),
                Map.entry("data.validation-size", "100"),
                Map.entry("data.test-size", "150"),
                Map.entry("epochs", "15")),
            120));
  }

  @Override
  public Plan plan(Setup setup) {
    check(setup);
    Texts texts = new Texts(setup);
    return new Plan(
        List.of(
            new Phase.Task("vocabulary", context -> begin(setup, texts, context)),
            new Phase.Training("train", artefacts -> training(setup, texts)),
            new Phase.Task("text-encoder", context -> export(texts, context))),
        functions(setup, texts));
  }

  private static void check(Setup setup) {
    Settings s = setup.settings();
    TextPlan.of(s, s.get(ClairesSettings.VOCABULARY_SIZE));
    if (!s.get(ClairesSettings.TEXT_WEIGHTS).isEmpty()
        && s.get(ClairesSettings.VOCABULARY).isEmpty()) {
      throw new UserException(
          "text-weights: weights know the tokens of one vocabulary only; set vocabulary to the"
              + " vocab.txt that belongs to them");
    }
  }

  private static void begin(Setup setup, Texts texts, TaskContext context) {
    Settings s = setup.settings();
    Lexicon lexicon = Lexicon.of(context.data().train(), s);
    String file = s.get(ClairesSettings.TEXT_WEIGHTS);
    Map<String, Value> weights = new LinkedHashMap<>();
    if (!file.isEmpty()) {
      TextPlan plan = TextPlan.of(s, lexicon.tokenizer().vocabulary().size());
      TextWeights.read(Path.of(file), plan)
          .forEach((name, value) -> weights.put(TEXTS + "." + name, value));
    }
    lexicon.write(context.artefacts());
    context.write(weights);
  }

  private static void export(Texts texts, TaskContext context) {
    TextWeights.write(
        context.artefacts().resolve("text-encoder.safetensors"),
        texts.plan(),
        name -> context.read(TEXTS + "." + name));
  }

  private static TrainingPhase training(Setup setup, Texts texts) {
    Settings s = setup.settings();
    Captions captions = Captions.of(setup.data().train(), texts.lexicon(), s);
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    return TrainingPhase.of(
            sampler.stepsPerEpoch() * setup.epochs(),
            sampler,
            Map.of(
                TrainingPhase.LEARNING_RATE,
                Schedules.reduceOnPlateau(
                    s.get(ClairesSettings.HEAD_RATE),
                    s.get(ClairesSettings.FACTOR),
                    s.get(ClairesSettings.PATIENCE),
                    true)),
            context -> step(setup, texts, captions, context))
        .validatedBy(Watch.of(setup, sampler.stepsPerEpoch()));
  }

  private static Step step(Setup setup, Texts texts, Captions captions, StepContext context) {
    GraphScope scope = context.scope();
    Captions.Drawn drawn = captions.draw(context, setup.batch());
    Operand<TFloat32> x = setup.view(scope, context.batch(), View.global(0)).image();
    Operand<TFloat32> v = images(setup, scope, x, Pass.TRAINING); // V, [B, 256]
    Operand<TFloat32> t = texts(setup, texts, scope, drawn.tokens(), Pass.TRAINING); // T, [B, 256]
    Operand<TFloat32> loss = loss(setup, scope, t, v, drawn.texts());
    optimizer(setup.settings()).minimize(scope, loss);
    return Step.of(loss)
        .with(Step.EMBEDDING, v)
        .driven(
            List.of(),
            (runner, records) -> runner.train(captions.feeds(records.get(Sampler.MAIN))));
  }

  /** z_I [B, 256] of views. */
  private static Operand<TFloat32> images(
      Setup setup, GraphScope scope, Operand<TFloat32> views, Pass pass) {
    Network f = setup.encoder(scope.sub(IMAGES));
    ProjectionHead head = head(setup, scope.sub("image_projection"), f.width());
    return head.apply(f.apply(views, pass).embedding(), pass);
  }

  /** z_T [B, 256] of token ids [B, L]. */
  private static Operand<TFloat32> texts(
      Setup setup, Texts texts, GraphScope scope, Operand<TInt32> tokens, Pass pass) {
    TextEncoder f = new TextEncoder(scope.sub(TEXTS), texts.plan());
    ProjectionHead head = head(setup, scope.sub("text_projection"), f.width());
    return head.apply(f.apply(tokens, texts.padding(), pass), pass);
  }

  private static ProjectionHead head(Setup setup, GraphScope scope, int in) {
    Settings s = setup.settings();
    return new ProjectionHead(
        scope, in, s.get(ClairesSettings.PROJECTION), s.get(ClairesSettings.DROPOUT));
  }

  /** The loss of T and V, [B, 256] each, whose texts are numbered [B]. */
  private static Operand<TFloat32> loss(
      Setup setup,
      GraphScope scope,
      Operand<TFloat32> t,
      Operand<TFloat32> v,
      Operand<TInt32> numbers) {
    Settings s = setup.settings();
    return switch (s.get(ClairesSettings.OBJECTIVE)) {
      case ClairesSettings.SOFT ->
          ClairesLoss.soft(scope, t, v, s.get(ClairesSettings.TEMPERATURE));
      case ClairesSettings.HARD ->
          ClairesLoss.hard(
              scope,
              t,
              v,
              new LogitScale(scope, s.get(ClairesSettings.FIRST_TEMPERATURE)).value(),
              ClairesLoss.sameText(scope, numbers));
      default -> {
        Operand<TFloat32> g = Similarity.cosine(scope, t, v); // [B, B]
        Operand<TFloat32> y = ClairesLoss.sameText(scope, numbers); // [B, B], symmetric
        yield ClairesLoss.half(
            scope,
            setup.loss(scope, Comparison.of(g, y)),
            setup.loss(scope, Comparison.of(ClairesLoss.transposed(scope, g), y)));
      }
    };
  }

  /** Rates of three groups; only matrices of the heads decay. */
  private static Optimizer optimizer(Settings s) {
    double heads = s.get(ClairesSettings.HEAD_RATE);
    return AdamW.of(WeightDecay.of(s.get(ClairesSettings.DECAY)))
        .groups(
            Group.below(IMAGES)
                .rateTimes(s.get(ClairesSettings.IMAGE_RATE) / heads)
                .decay(WeightDecay.NONE),
            Group.below(TEXTS)
                .rateTimes(s.get(ClairesSettings.TEXT_RATE) / heads)
                .decay(WeightDecay.NONE));
  }

  private static List<ModelFunction> functions(Setup setup, Texts texts) {
    List<ModelFunction> functions = new ArrayList<>();
    functions.add(
        new ModelFunction(
            ModelFunction.EMBED,
            List.of(setup.data().train().field(Field.IMAGE)),
            (scope, batch) -> {
              Operand<TFloat32> x = setup.view(scope, batch, View.EVALUATION).image();
              return outputs(scope, images(setup, scope, x, Pass.INFERENCE));
            }));
    functions.add(
        new ModelFunction(
            ModelFunction.EMBED_TEXT,
            List.of(Field.of(Field.TEXT, FieldType.TEXT)),
            (scope, batch) ->
                outputs(
                    scope, texts(setup, texts, scope, batch.ints(Texts.TOKENS), Pass.INFERENCE)),
            Optional.of(texts)));
    // those of the image encoder alone, for whatever else is to be done with it
    ImageFunctions.of(setup, IMAGES).stream()
        .filter(function -> !function.name().equals(ModelFunction.EMBED))
        .forEach(functions::add);
    functions.add(
        new ModelFunction(
            LOSS,
            Watch.fields(setup.settings()),
            (scope, batch) -> {
              Operand<TInt32> numbers = batch.ints(Watch.NUMBERS); // [B]
              Operand<TFloat32> loss =
                  loss(
                      setup, scope, batch.floats(Watch.TEXTS), batch.floats(Watch.IMAGES), numbers);
              // the loss of the batch, once for each of its records
              return Map.of(LOSS, scope.tf().fill(scope.tf().shape(numbers), loss)); // [B]
            }));
    return functions;
  }

  private static Map<String, Operand<TFloat32>> outputs(GraphScope scope, Operand<TFloat32> z) {
    return Map.of(ModelFunction.EMBEDDING, Similarity.unit(scope, z), PROJECTED, z);
  }
}
