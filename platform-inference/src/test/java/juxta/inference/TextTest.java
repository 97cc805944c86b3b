package juxta.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import juxta.text.Tokenizer;
import juxta.text.Vocabulary;
import juxta.text.WordPiece;
import juxta.text.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTest {
  private static final String TEXT = "Stage II, \"Ödem\" \\ σΟΦΟΣ 中文 \uD83D\uDE00 \u0007x";

  @TempDir Path temp;

  private static List<Tokenizer> tokenizers() {
    List<String> pieces =
        List.of("[PAD]", "x", "[UNK]", "[CLS]", "[SEP]", "st", "##age", "ii", ",", "\"", "\\", "中");
    return List.of(
        Words.of(List.of(TEXT, "low lower lowest"), 100),
        new WordPiece(Vocabulary.of(pieces, "here")));
  }

  private Path file(String json) throws IOException {
    return Files.writeString(temp.resolve("tokenizer.json"), json);
  }

  @Test
  void whatIsReadGivesTheIdsOfWhatWasWritten() throws IOException {
    Random random = new Random(6);
    for (Tokenizer tokenizer : tokenizers()) {
      for (int length : new int[] {2, 5, 40}) {
        TokenizerFile read = TokenizerFile.read(file(tokenizer.json(length)));
        assertThat(read.tokenizer().vocabulary().tokens())
            .isEqualTo(tokenizer.vocabulary().tokens());
        assertThat(read.encode(TEXT)).isEqualTo(tokenizer.padded(TEXT, length)).hasSize(length);
        for (int round = 0; round < 50; round++) {
          StringBuilder text = new StringBuilder("stage lower ");
          random.ints(20, 0, 0x3000).forEach(text::appendCodePoint);
          assertThat(read.encode(text.toString()))
              .isEqualTo(tokenizer.padded(text.toString(), length));
        }
      }
    }
  }

  @Test
  void textsAreEmbedded() throws IOException {
    Tokenizer words = tokenizers().get(0);
    Path folder =
        Folders.write(
            temp.resolve("m"), Folders.json("", Folders.text(", \"text\": \"tokenizer.json\"")));
    Files.writeString(folder.resolve("tokenizer.json"), words.json(6));
    try (Embedder model = Embedder.open(folder)) {
      int[] ids = words.padded("LOW ödem other", 6);
      float[] vector = model.embedText("LOW ödem other"); // the graph gives its ids
      for (int i = 0; i < 6; i++) {
        assertThat(vector[i]).isEqualTo(ids[i]);
      }
      assertThat(vector).contains(1f).hasSize(6); // [UNK]
    }
    Files.writeString(folder.resolve("tokenizer.json"), words.json(7));
    try (Embedder model = Embedder.open(folder)) {
      assertThatThrownBy(() -> model.embedText("low"))
          .hasMessageContaining("takes tokens as INT32 [N, 6]");
    }
    Path bare = Folders.write(temp.resolve("bare"), Folders.json("", Folders.text("")));
    try (Embedder model = Embedder.open(bare)) {
      assertThatThrownBy(() -> model.embedText("low"))
          .isInstanceOf(InferenceException.class)
          .hasMessage(
              bare
                  + ": its function 'embedText' comes without a tokenizer; call run with token ids");
    }
  }

  @Test
  void othersAreRefusedInALine() throws IOException {
    String json = tokenizers().get(1).json(9);
    for (String[] change :
        new String[][] {
          {"\"lowercase\":true", "\"lowercase\":false", "'lowercase' is false, not true"},
          {"\"BertPreTokenizer\"", "\"Whitespace\"", "'type' is Whitespace, not BertPreTokenizer"},
          {"\"WordPiece\"", "\"BPE\"", "'type' is BPE, not WordPiece"},
          {"\"Fixed\":9", "\"Fixed\":8", "'max_length' is 9, not 8"},
          {"\"pad_id\":0", "\"pad_id\":3", "'pad_id' is 3, not 0"},
          {"\"[UNK]\":2", "\"[UNK]\":99", "id 99 of 12 tokens"},
          {"\"[UNK]\":2", "\"[UNX]\":2", "lacks [UNK]"},
          {"\"model\":", "\"modul\":", "'model' is missing"},
        }) {
      assertThat(json).contains(change[0]);
      Path file = file(json.replace(change[0], change[1]));
      assertThatThrownBy(() -> TokenizerFile.read(file))
          .isInstanceOf(InferenceException.class)
          .hasMessageStartingWith(file + ": is no tokenizer that can be used (")
          .hasMessageContaining(change[2])
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
    for (int length : new int[] {0, 1, 50, json.length() - 3}) {
      Path file = file(json.substring(0, length));
      assertThatThrownBy(() -> TokenizerFile.read(file)).isInstanceOf(InferenceException.class);
    }
  }
}
