package juxta.launcher.preview;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import juxta.api.Field;
import juxta.api.MaskClass;

/** A preview as JSON, for programs. */
public final class SummaryJson {
  private SummaryJson() {}

  /**
   * Writes it.
   *
   * @param preview the preview
   * @return an object, over several lines
   */
  public static String of(Preview preview) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("data", preview.name());
    root.put("kind", preview.data().kind().toString());
    root.put("fingerprint", preview.data().fingerprint());
    ClassNames names = new ClassNames(preview.data().classes());
    ArrayNode classes = root.putArray("classes");
    names.names().forEach(classes::add);
    ArrayNode splits = root.putArray("splits");
    Map<String, Long> bytes = preview.survey().bytes();
    preview
        .splits()
        .forEach(
            (name, split) -> {
              ObjectNode node = splits.addObject();
              node.put("name", name);
              node.put("records", split.size());
              node.put("bytes", bytes.get(name));
              node.put("allLabelsCounted", Survey.counted(split.size()));
              Map<Integer, Long> labels = preview.survey().labels().get(name);
              if (labels != null) {
                ObjectNode counts = node.putObject("classes");
                labels.forEach((label, count) -> counts.put(names.of(label), count));
              }
              Map<Integer, Long> objects = preview.survey().objects().get(name);
              if (objects != null) {
                node.put("objects", objects.size());
              }
              fields(node.putArray("fields"), split.fields());
            });
    survey(root, preview);
    methods(root, preview);
    ArrayNode notes = root.putArray("notes");
    preview.notes().forEach(notes::add);
    ArrayNode remarks = root.putArray("remarks");
    preview.survey().remarks().forEach(remarks::add);
    preview.remarks().forEach(remarks::add);
    preview.sheet().ifPresent(sheet -> root.put("sheet", sheet.toString()));
    return root.toPrettyString();
  }

  private static void fields(ArrayNode array, List<Field> fields) {
    for (Field field : fields) {
      ObjectNode node = array.addObject();
      node.put("name", field.name());
      node.put("type", SummaryLines.type(field));
      ArrayNode shape = node.putArray("shape");
      field.shape().forEach(shape::add);
    }
  }

  private static void survey(ObjectNode root, Preview preview) {
    Survey survey = preview.survey();
    ObjectNode sample = root.putObject("sample");
    sample.put("records", survey.sample());
    sample.put("of", survey.records());
    ObjectNode sizes = root.putObject("sizes");
    survey.lengths().forEach((what, spread) -> spread(sizes.putObject(what), spread));
    ArrayNode values = root.putArray("values");
    survey
        .values()
        .forEach(
            (field, channels) -> {
              for (int c = 0; c < channels.size(); c++) {
                Moments own = channels.get(c);
                ObjectNode node = values.addObject();
                node.put("field", field);
                node.put("channel", c);
                if (own.count() > 0) {
                  node.put("min", own.least());
                  node.put("max", own.greatest());
                  node.put("mean", own.mean());
                  node.put("deviation", own.deviation());
                }
                node.put("notFinite", own.wild());
              }
            });
    if (survey.masks() > 0) {
      ObjectNode masks = root.putObject("masks");
      masks.put("records", survey.masks());
      List<MaskClass> named = preview.data().maskClasses();
      ArrayNode shares = masks.putArray("classes");
      for (MaskShare share : survey.maskShares()) {
        ObjectNode node = shares.addObject();
        node.put("index", share.index());
        node.put("name", SummaryLines.maskClass(named, share.index()));
        node.put("share", share.share());
        node.put("records", share.records());
      }
    }
    ArrayNode texts = root.putArray("texts");
    for (Texts own : survey.texts()) {
      ObjectNode node = texts.addObject();
      node.put("field", own.field());
      spread(node.putObject("words"), own.words());
      node.put("different", own.distinct());
      node.put("empty", own.empty());
    }
  }

  private static void spread(ObjectNode node, Spread spread) {
    node.put("min", spread.least());
    node.put("median", spread.median());
    node.put("max", spread.greatest());
  }

  private static void methods(ObjectNode root, Preview preview) {
    ArrayNode methods = root.putArray("methods");
    for (Fit fit : preview.fits()) {
      ObjectNode node = methods.addObject();
      node.put("id", fit.method());
      node.put("fits", fit.fits());
      fit.batch().ifPresent(batch -> node.put("batch", batch));
      fit.problem().ifPresent(problem -> node.put("problem", problem));
    }
    ArrayNode evaluators = root.putArray("evaluators");
    preview.evaluators().forEach(evaluators::add);
    preview
        .views()
        .choices()
        .ifPresent(
            choices -> {
              ObjectNode shown = root.putObject("views");
              shown.put("method", choices.method().id());
              shown.put("preset", choices.preset());
              choices.augmentation().ifPresent(a -> shown.put("augmentation", a.id()));
              ArrayNode names = shown.putArray("columns");
              preview.views().columns().names().forEach(names::add);
            });
  }
}
