package juxta.plugin.claires;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Preparation;
import juxta.api.Setup;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/** Texts for the function {@code embedText}: the run's lexicon, read when it is first needed. */
final class Texts implements Preparation {
  /** Token ids, int32 [L]. */
  static final String TOKENS = "tokens";

  private final Setup setup;
  private volatile Optional<Lexicon> known = Optional.empty();

  Texts(Setup setup) {
    this.setup = setup;
  }

  Lexicon lexicon() {
    if (known.isEmpty()) { // two threads may both read it: they read the same
      known = Optional.of(Lexicon.read(setup.artefacts(), setup.settings()));
    }
    return known.get();
  }

  /** The text encoder's structure, which depends on the vocabulary. */
  TextPlan plan() {
    return TextPlan.of(setup.settings(), lexicon().tokenizer().vocabulary().size());
  }

  int padding() {
    return lexicon().tokenizer().vocabulary().pad();
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.of(TOKENS, FieldType.INT32, lexicon().room(setup.settings())));
  }

  @Override
  public Map<String, Value> of(Map<String, Value> record) {
    int room = lexicon().room(setup.settings());
    int[] ids = lexicon().encode(record.get(Field.TEXT).text(), room);
    return Map.of(TOKENS, Tensors.ints(new long[] {room}, ids));
  }

  @Override
  public Optional<String> objection(Map<String, Value> record) {
    String text = record.get(Field.TEXT).text();
    if (text.isBlank()) {
      return Optional.of("the text is empty; describe what is looked for");
    }
    return lexicon().tokenizer().knows(text)
        ? Optional.empty()
        : Optional.of("the model knows no word of '" + text.strip() + "'; say it in other words");
  }

  @Override
  public Optional<String> description() {
    return Optional.of(lexicon().tokenizer().json(lexicon().room(setup.settings())));
  }
}
