package juxta.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import juxta.text.Tokenizer;
import juxta.text.Vocabulary;
import juxta.text.WordPiece;
import juxta.text.Words;

/**
 * A {@code tokenizer.json} of the kind that {@link Tokenizer#json} writes: BERT's words, pieces of
 * them or whole ones, one length for all texts. Others are refused, since their ids would differ.
 *
 * @param tokenizer makes the ids
 * @param length ids of every text
 */
record TokenizerFile(Tokenizer tokenizer, int length) {
  static TokenizerFile read(Path file) {
    try {
      return of(JsonTree.object(Files.readAllBytes(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new InferenceException(
          file
              + ": is no tokenizer that can be used ("
              + InferenceException.reason(e)
              + "); export again",
          e);
    }
  }

  private static TokenizerFile of(Map<String, Object> json) {
    Map<?, ?> normalizer = member(json, "normalizer");
    same(normalizer, "type", "BertNormalizer");
    for (String step :
        List.of("clean_text", "handle_chinese_chars", "strip_accents", "lowercase")) {
      same(normalizer, step, true);
    }
    same(member(json, "pre_tokenizer"), "type", "BertPreTokenizer");
    Map<?, ?> model = member(json, "model");
    same(model, "unk_token", Vocabulary.UNKNOWN);
    Vocabulary vocabulary = vocabulary(member(model, "vocab"));
    Tokenizer tokenizer;
    if ("WordLevel".equals(model.get("type"))) {
      tokenizer = new Words(vocabulary);
    } else {
      same(model, "type", "WordPiece");
      same(model, "continuing_subword_prefix", "##");
      same(model, "max_input_chars_per_word", 100);
      tokenizer = new WordPiece(vocabulary);
    }
    Map<?, ?> padding = member(json, "padding");
    same(padding, "pad_id", vocabulary.pad());
    int length = number(member(padding, "strategy"), "Fixed");
    same(member(json, "truncation"), "max_length", length);
    if (length < 2) {
      throw new IllegalArgumentException("texts of " + length + " ids");
    }
    return new TokenizerFile(tokenizer, length);
  }

  private static Vocabulary vocabulary(Map<?, ?> ids) {
    List<String> tokens = new ArrayList<>(Collections.nCopies(ids.size(), ""));
    for (Object token : ids.keySet()) {
      int id = number(ids, token.toString());
      if (id < 0 || id >= tokens.size()) {
        throw new IllegalArgumentException("id " + id + " of " + tokens.size() + " tokens");
      }
      tokens.set(id, token.toString());
    }
    return Vocabulary.of(tokens, "'vocab'");
  }

  private static Map<?, ?> member(Map<?, ?> of, String key) {
    if (of.get(key) instanceof Map<?, ?> member) {
      return member;
    }
    throw new IllegalArgumentException("'" + key + "' is missing");
  }

  private static int number(Map<?, ?> of, String key) {
    if (of.get(key) instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException("'" + key + "' is no number but " + of.get(key));
  }

  private static void same(Map<?, ?> of, String key, Object wanted) {
    if (!wanted.equals(of.get(key))) {
      throw new IllegalArgumentException("'" + key + "' is " + of.get(key) + ", not " + wanted);
    }
  }

  /** Token ids, {@link #length} of them. */
  int[] encode(String text) {
    return tokenizer.padded(text, length);
  }
}
