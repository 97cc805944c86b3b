package juxta.text;

import java.util.List;
import java.util.Locale;

/**
 * Writes a tokenizer as the {@code tokenizer.json} of Hugging Face's library <a
 * href="https://github.com/huggingface/tokenizers">tokenizers</a>: BERT's normalizer and splitting
 * of words, {@code WordPiece} or {@code WordLevel}, texts cut off and padded to one length.
 *
 * <p>No added tokens are listed, so that special tokens that stand in a text are text there too.
 */
final class TokenizerJson {
  private static final String SPECIAL = "{\"id\":\"%s\",\"ids\":[%d],\"tokens\":[\"%s\"]}";

  private TokenizerJson() {}

  /**
   * Writes it.
   *
   * @param vocabulary the tokens
   * @param model the model's members but the vocabulary, in JSON
   * @param length token ids of every text
   * @return a JSON object
   */
  static String of(Vocabulary vocabulary, String model, int length) {
    StringBuilder json = new StringBuilder(32 * vocabulary.size() + 2048);
    json.append("{\"version\":\"1.0\",\"truncation\":{\"direction\":\"Right\",\"max_length\":")
        .append(length)
        .append(
            ",\"strategy\":\"LongestFirst\",\"stride\":0},\"padding\":{\"strategy\":{\"Fixed\":")
        .append(length)
        .append("},\"direction\":\"Right\",\"pad_to_multiple_of\":null,\"pad_id\":")
        .append(vocabulary.pad())
        .append(",\"pad_type_id\":0,\"pad_token\":\"[PAD]\"},\"added_tokens\":[],")
        .append("\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":true,")
        .append("\"handle_chinese_chars\":true,\"strip_accents\":true,\"lowercase\":true},")
        .append("\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},")
        .append("\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[")
        .append("{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}},")
        .append("{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},")
        .append("{\"SpecialToken\":{\"id\":\"[SEP]\",\"type_id\":0}}],\"pair\":[")
        .append("{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},")
        .append("{\"Sequence\":{\"id\":\"B\",\"type_id\":1}}],\"special_tokens\":{\"[CLS]\":")
        .append(String.format(Locale.ROOT, SPECIAL, "[CLS]", vocabulary.cls(), "[CLS]"))
        .append(",\"[SEP]\":")
        .append(String.format(Locale.ROOT, SPECIAL, "[SEP]", vocabulary.sep(), "[SEP]"))
        .append("}},\"decoder\":null,\"model\":{")
        .append(model)
        .append(",\"unk_token\":\"[UNK]\",\"vocab\":{");
    List<String> tokens = vocabulary.tokens();
    for (int id = 0; id < tokens.size(); id++) {
      json.append(id == 0 ? "" : ",");
      quoted(tokens.get(id), json);
      json.append(':').append(id);
    }
    return json.append("}}}\n").toString();
  }

  private static void quoted(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
