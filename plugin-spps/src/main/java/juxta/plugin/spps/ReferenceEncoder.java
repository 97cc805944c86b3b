package juxta.plugin.spps;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.UserException;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;

/**
 * The encoder that mines, E: that of the run, or another of those that are loaded.
 *
 * @param id the encoder's, or {@code chosen}
 * @param setup the run as the reference sees it: its encoder is E
 * @param spellings how files spell the names of E's parameters, file name by ours; the first is our
 *     own
 * @param remedy what to do if weights do not fit
 */
record ReferenceEncoder(
    String id, Setup setup, List<Map<String, String>> spellings, String remedy) {
  static final String KEY = "reference-encoder";

  private static final String CHOSEN = "chosen";

  /** Which encoder mines, of those that are loaded. */
  static Setting<String> choice(List<Encoder> all) {
    String[] ids =
        all.stream().filter(ReferenceEncoder::fits).map(Encoder::id).toArray(String[]::new);
    return Setting.choice(KEY, CHOSEN, words(ids))
        .describe(
            "encoder that mines: the one that is trained, or another one, with weights from"
                + " 'reference' or trained first")
        .source("a pre-trained self-supervised model; which one is not known");
  }

  private static String[] words(String[] ids) {
    String[] words = new String[ids.length + 1];
    words[0] = CHOSEN;
    System.arraycopy(ids, 0, words, 1, ids.length);
    return words;
  }

  private static boolean fits(Encoder encoder) {
    return encoder.kinds().contains(DataKind.IMAGES) && !encoder.id().equals(CHOSEN);
  }

  /**
   * Reads the settings.
   *
   * @param setup the run
   * @param all the encoders that are loaded
   * @throws UserException if its settings are none of that encoder
   */
  static ReferenceEncoder of(Setup setup, List<Encoder> all) {
    Settings s = setup.settings();
    String id = s.get(choice(all));
    String given = s.get(SppsSettings.REFERENCE_SETTINGS);
    Optional<Integer> side = s.get(SppsSettings.REFERENCE_SIDE);
    if (id.equals(CHOSEN)) {
      if (!given.isEmpty()) {
        throw new UserException(
            "reference-settings: they are of another reference-encoder; choose one, or set those of"
                + " the run's own with --set encoder.KEY=VALUE");
      }
      return new ReferenceEncoder(
          id,
          new Seen(setup, setup::encoder, side),
          List.of(Map.of()),
          "choose --encoder and its settings as the reference was trained with");
    }
    Encoder encoder =
        all.stream().filter(e -> fits(e) && e.id().equals(id)).findFirst().orElseThrow();
    Settings own = parsed(encoder, given);
    Maker maker = scope -> encoder.create(scope, input(setup, side), own);
    List<Map<String, String>> spellings = new ArrayList<>(List.of(Map.of()));
    spellings.add(encoder.aliases());
    spellings.addAll(encoder.spellings());
    return new ReferenceEncoder(
        id,
        new Seen(setup, maker, side),
        List.copyOf(spellings),
        "choose reference-encoder and reference-settings as the reference was trained with");
  }

  /** KEY=VALUE, by commas. */
  private static Settings parsed(Encoder encoder, String given) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String pair : given.isBlank() ? new String[0] : given.split(",")) {
      String[] words = pair.trim().split("=", 2);
      Setting<?> setting =
          encoder.settings().stream()
              .filter(known -> words.length == 2 && known.key().equals(words[0]))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserException(
                          "reference-settings: '"
                              + pair.trim()
                              + "' is no KEY=VALUE of encoder '"
                              + encoder.id()
                              + "', which has "
                              + keys(encoder)));
      try {
        values.put(setting.key(), setting.parse(words[1]));
      } catch (IllegalArgumentException e) {
        throw new UserException("reference-settings: " + words[0] + ": " + e.getMessage(), e);
      }
    }
    return Settings.checked(values);
  }

  private static String keys(Encoder encoder) {
    List<String> keys = encoder.settings().stream().map(Setting::key).toList();
    return keys.isEmpty() ? "no settings" : String.join(", ", keys);
  }

  private static long[] input(Setup setup, Optional<Integer> side) {
    List<Long> stored = setup.data().train().field(Field.IMAGE).shape();
    LongStream lengths =
        side.isPresent()
            ? LongStream.of(side.get(), side.get())
            : setup.lengths(View.Kind.GLOBAL).stream().mapToLong(Integer::longValue);
    return LongStream.concat(lengths, LongStream.of(stored.get(stored.size() - 1))).toArray();
  }

  /** Makes the parameters of a network. */
  private interface Maker {
    Network encoder(GraphScope scope);
  }

  /** The run, with another encoder, or the same one that sees larger views. */
  private record Seen(Setup run, Maker maker, Optional<Integer> larger) implements Setup {
    @Override
    public Network encoder(GraphScope scope) {
      Network network = maker.encoder(scope);
      return larger.isEmpty() ? network : new Enlarging(scope, network, larger.get());
    }

    @Override
    public Settings settings() {
      return run.settings();
    }

    @Override
    public Dataset data() {
      return run.data();
    }

    @Override
    public DataSummary summary() {
      return run.summary();
    }

    @Override
    public int batch() {
      return run.batch();
    }

    @Override
    public int epochs() {
      return run.epochs();
    }

    @Override
    public long seed() {
      return run.seed();
    }

    @Override
    public Path artefacts() {
      return run.artefacts();
    }

    @Override
    public Batch view(GraphScope scope, Batch batch, View view) {
      return run.view(scope, batch, view);
    }

    @Override
    public Operand<TFloat32> pixels(GraphScope scope, Operand<TFloat32> image) {
      return run.pixels(scope, image);
    }

    @Override
    public int side(View.Kind kind) {
      return run.side(kind);
    }

    @Override
    public List<Integer> lengths(View.Kind kind) {
      return run.lengths(kind);
    }

    @Override
    public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
      return run.loss(scope, comparison);
    }
  }

  /** A network that sees its views enlarged, bilinearly. */
  private record Enlarging(GraphScope scope, Network whole, int side) implements Network {
    @Override
    public int width() {
      return whole.width();
    }

    @Override
    public Features apply(Operand<TFloat32> views, Pass pass) {
      return whole.apply(
          scope
              .tf()
              .image
              .resizeBilinear(views, scope.ints(side, side), ResizeBilinear.halfPixelCenters(true)),
          pass);
    }
  }
}
