package juxta.plugin.datasets.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.picture.RawPicture;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Drawn;
import juxta.plugin.datasets.Requests;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.picture.PictureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTextTest {
  @TempDir Path root;

  private void csv(String... lines) {
    Bytes.write(
        root.resolve("films.csv"), String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private void films(String... names) {
    for (int i = 0; i < names.length; i++) {
      Drawn.png(root.resolve(names[i]), 6, 4, 10 * i);
    }
  }

  private Dataset open(String... settings) {
    return new ImageText().open(Requests.of(root, settings));
  }

  private static List<String> texts(Split split, String field) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < split.size(); i++) {
      texts.add(split.value(field, i).text());
    }
    return texts;
  }

  @Test
  void textsAsTheyStandInTheTable() {
    films("a.png", "b.png");
    csv(
        "image,text,patient,split",
        "a.png,\" Stage II,\n  Female\",p1,train",
        "b.png,healthy,p2,val");
    Dataset data = open("size", "8");
    assertThat(data.kind()).isEqualTo(DataKind.IMAGES_WITH_TEXT);
    assertThat(data.splits().keySet()).containsExactly("train", "validation");
    assertThat(data.train().fields())
        .containsExactly(
            Field.of("image", FieldType.UINT8, 8, 8, 3),
            Field.of("text", FieldType.TEXT),
            Field.of("caption", FieldType.TEXT),
            Field.of("patient", FieldType.TEXT));
    assertThat(texts(data.train(), "text")).containsExactly("Stage II, Female");
    assertThat(texts(data.train(), "caption")).containsExactly("Stage II, Female");
    assertThat(texts(data.train(), "patient")).containsExactly("p1");
  }

  @Test
  void textsComposedOfColumns() {
    films("a.png", "b.png");
    csv(
        "image,Diagnosis,age,sex,race,region,patient,split",
        "a.png,Gingivitis,54,F,Asian,36,p1,train",
        "b.png,healthy,,M,,,p1,train");
    Dataset data = open("size", "8");
    assertThat(texts(data.train(), "text"))
        .containsExactly(
            "middle-aged female asian patient with gingivitis, tooth region 36.",
            "male patient with healthy.");
    assertThat(texts(data.train(), "caption").get(0).lines())
        .hasSize(4)
        .startsWith("middle-aged female asian patient with gingivitis, tooth region 36.");
    assertThat(data.train().fields().stream().map(Field::name))
        .containsExactly(
            "image",
            "text",
            "caption",
            "patient",
            "diagnosis",
            "age-group",
            "sex",
            "race",
            "region");
    assertThat(texts(data.train(), "age-group")).containsExactly("middle-aged", "");
    assertThat(texts(data.train(), "sex")).containsExactly("female", "male");
  }

  @Test
  void columnsBearOtherNamesAndImagesLieElsewhere() {
    films("files/a.png");
    csv("Path,caption,finding,group,PatientID", "a.png,a note,caries,adult,7");
    String[] names = {
      "size",
      "8",
      "image-column",
      "path",
      "patient-column",
      "patientid",
      "images",
      "files",
      "diagnosis-column",
      "finding",
      "age-group-column",
      "group"
    };
    Dataset data = onlyTrain(names);
    assertThat(texts(data.train(), "text")).containsExactly("a note");
    assertThat(texts(data.train(), "diagnosis")).containsExactly("caries");
    String[] more = java.util.Arrays.copyOf(names, names.length + 2);
    more[names.length] = "text";
    more[names.length + 1] = "composed";
    assertThat(texts(onlyTrain(more).train(), "text"))
        .containsExactly("adult patient with caries.");
  }

  /** Patient 7 is in the training split. */
  private Dataset onlyTrain(String... settings) {
    assertThat(PatientSplit.of("7")).isEqualTo("train");
    return open(settings);
  }

  @Test
  void patientsAreSplitByHash() {
    films("a.png");
    List<String> lines = new ArrayList<>(List.of("image,text,patient"));
    for (int i = 0; i < 1500; i++) {
      lines.add("a.png,t" + i + ",p" + i % 500);
    }
    csv(lines.toArray(String[]::new));
    Dataset data = open("size", "8");
    Set<String> seen = new HashSet<>();
    int all = 0;
    for (Split split : data.splits().values()) {
      Set<String> own = new HashSet<>(texts(split, "patient"));
      assertThat(seen).doesNotContainAnyElementsOf(own);
      seen.addAll(own);
      all += split.size();
      assertThat(split.size()).isEqualTo(3 * own.size());
    }
    assertThat(all).isEqualTo(1500);
    assertThat(data.train().size() / 1500.0).isCloseTo(.8, within(.06));
    assertThat(data.split("validation").size() / 1500.0).isCloseTo(.1, within(.04));
    // A patient keeps the split whoever else is there.
    csv("image,text,patient", "a.png,t,p1");
    assertThat(PatientSplit.of("p1")).isEqualTo("train");
    assertThat(texts(open("size", "8").train(), "patient")).containsExactly("p1");
  }

  @Test
  void imagesAreStretchedInvertedAndWindowed() {
    films("a.png");
    Bytes.write(root.resolve("deep.png"), Drawn.deep(0, 1000, 2000, 4000));
    csv(
        "image,text,patient,inverted",
        "a.png,t,7,",
        "a.png,t,7,MONOCHROME1",
        "a.png,t,7,false",
        "deep.png,t,7,",
        "deep.png,t,7,yes");
    Split train = open("size", "8").train();
    byte[] plain = Bytes.image(train, 0);
    byte[] expected =
        PictureFiles.decode(root.resolve("a.png"), DataFolder.read(root.resolve("a.png")))
            .stretched(8)
            .rgb();
    assertThat(plain).isEqualTo(expected);
    byte[] turned = Bytes.image(train, 1);
    for (int i = 0; i < plain.length; i++) {
      assertThat(turned[i] & 0xFF).isEqualTo(255 - (plain[i] & 0xFF));
    }
    assertThat(Bytes.image(train, 2)).isEqualTo(plain);
    assertThat(Bytes.image(train, 3)[0] & 0xFF).isLessThan(5);
    assertThat(Bytes.image(train, 3)[23] & 0xFF).isGreaterThan(250);
    assertThat(Bytes.image(train, 4)[0] & 0xFF).isGreaterThan(250);
    Split all = open("size", "8", "inverted", "true", "grey-16-bit", "full").train();
    assertThat(Bytes.image(all, 0)).isEqualTo(turned);
    assertThat(Bytes.image(all, 2)).isEqualTo(plain);
    assertThat(Bytes.image(all, 3)[23] & 0xFF).isBetween(238, 242); // 255 - 4000/256
  }

  @Test
  void otherPicturesAreReadAsItsOwn() {
    short[] levels = {0, 1000, 2000, 4000};
    byte[] deep = new byte[8];
    ByteBuffer.wrap(deep).asShortBuffer().put(levels);
    Bytes.write(root.resolve("deep.png"), Drawn.deep(0, 1000, 2000, 4000));
    csv("image,text,patient", "deep.png,t,7");
    RawPicture query = new RawPicture(1, 4, 1, 16, deep);
    for (String[] settings :
        new String[][] {{}, {"grey-16-bit", "full"}, {"inverted", "true"}, {"size", "16"}}) {
      Dataset data = open(settings);
      assertThat(data.pictures().orElseThrow().of(query).rgb())
          .isEqualTo(Bytes.image(data.train(), 0));
    }
  }

  private void refused(List<String> problems, String... settings) {
    assertThatThrownBy(() -> open(settings))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.problems()).containsExactlyElementsOf(problems));
  }

  @Test
  void allMissingColumnsAreNamed() {
    films("a.png");
    csv("picture,note,who", "a.png,t,p");
    String has = "'; it has picture, note, who; name the right one: --set data.";
    String csv = root.resolve("films.csv") + ": has no column '";
    refused(
        List.of(
            csv + "image" + has + "image-column=NAME",
            csv + "years" + has + "age-column=NAME",
            csv + "diagnosis" + has + "diagnosis-column=NAME"),
        "age-column",
        "years");
    csv("image,note,patient", "a.png,t,p");
    refused(
        List.of(
            root.resolve("films.csv")
                + ": has no column 'texts'; it has image, note, patient; name the right one: --set"
                + " data.text-column=NAME"),
        "text-column",
        "texts");
  }

  @Test
  void withoutPatientsImagesAreSplit() {
    films("a.png", "b.png");
    csv("image;text;split", "a.png;one;Training", "b.png;two;test", "a.png;three;train", ";;");
    Dataset data = open("size", "8");
    assertThat(texts(data.train(), "text")).containsExactly("one", "three");
    assertThat(texts(data.train(), "patient")).containsExactly("a.png", "a.png");
    csv("image,text,split", "a.png,one,train", "a.png,two,test");
    assertThatThrownBy(() -> open("size", "8"))
        .hasMessageContaining("patient 'a.png' is in split test here and in train on line 2");
    csv("image,text", "a.png,one", "b.png,two");
    Dataset hashed = open("size", "8");
    assertThat(hashed.splits().values().stream().mapToInt(Split::size).sum()).isEqualTo(2);
    assertThatThrownBy(() -> open("size", "8", "patient-column", "who"))
        .hasMessageContaining("has no column 'who'");
  }

  @Test
  void everythingThatIsWrongWithRowsIsToldWithItsLine() {
    films("a.png");
    csv(
        "image,text,patient,age,inverted,split",
        "a.png,t,p,20,no,train",
        "none.png,t,p,,,train",
        "a.png,,p,,,train",
        "a.png,t,,,,train",
        "a.png,t,p,old,,train",
        "a.png,t,p,,perhaps,train",
        "a.png,t,p,,,later",
        ",t,p,,,train",
        "a\u0000.png,t,p,,,train");
    String at = root.resolve("films.csv") + ", line ";
    refused(
        List.of(
            at
                + "3: there is no file "
                + root.resolve("none.png")
                + "; add it, or say where: --set data.images=DIR",
            at + "4: no text; fill it in or remove the row",
            at + "5: no patient id; films without one cannot be kept in one split, fill it in",
            at + "6: age 'old' is not from 0 to 130 years; mend or empty the cell",
            at + "7: inverted 'perhaps' is neither true nor false; mend or empty the cell",
            at + "8: split 'later' is none of train, validation, test; mend the cell",
            at + "9: no image; fill it in or remove the row",
            at + "10: the image's path has characters that no path can have; mend it"));
  }

  @Test
  void tablesDoNotLeadToFilesElsewhere() {
    films("files/a.png", "b.png");
    csv(
        "image,text,patient",
        "a.png,t,p",
        "../b.png,t,p",
        "/dev/zero,t,p",
        "../files/a.png,t,p",
        "folder,t,p");
    assertThat(root.resolve("files/folder").toFile().mkdir()).isTrue();
    Path files = root.resolve("files");
    String at = root.resolve("films.csv") + ", line ";
    String remedy =
        " lies outside of "
            + files
            + "; mend the path, or name a folder that holds all images: --set data.images=DIR";
    refused(
        List.of(
            at + "3: the image " + files.resolve("../b.png") + remedy,
            at + "4: the image " + files.resolve("/dev/zero") + remedy,
            at
                + "6: "
                + files.resolve("folder")
                + " is no file but a folder, a pipe or a device; mend the path"),
        "images",
        "files");
  }

  @Test
  void aPatientInTwoSplitsIsAMistake() {
    films("a.png");
    csv("image,text,patient,split", "a.png,t,p,train", "a.png,t,q,test", "a.png,t,p,test");
    refused(
        List.of(
            root.resolve("films.csv")
                + ", line 4: patient 'p' is in split test here and in train on line 2; put all"
                + " films in one"));
  }

  @Test
  void unreadableImagesAreNamedOnceEach() {
    films("a.png");
    Bytes.write(root.resolve("b.png"), "nothing".getBytes());
    Bytes.write(root.resolve("c.png"), Bytes.first(DataFolder.read(root.resolve("a.png")), 60));
    csv("image,text,patient", "a.png,t,7", "b.png,t,7", "b.png,u,7", "c.png,t,7");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              assertThat(e.problems()).hasSize(2);
              assertThat(e.problems().get(0))
                  .startsWith(root.resolve("b.png") + ": is no readable image (");
              assertThat(e.problems().get(1))
                  .startsWith(root.resolve("c.png") + ": is no readable image (");
            });
  }

  @Test
  void manyMissingFilesAreCounted() {
    List<String> lines = new ArrayList<>(List.of("image,text,patient"));
    for (int i = 0; i < 30; i++) {
      lines.add("a" + i + ".png,t,p");
    }
    csv(lines.toArray(String[]::new));
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.problems()).hasSize(11).endsWith("and 20 more rows like these"));
  }

  @Test
  void theTableIsFoundOrNamed() {
    refused(
        List.of(
            "image-text: "
                + root
                + " holds no CSV file; name the folder that holds one CSV file with the columns"
                + " image, text and patient: --data image-text:/path"));
    films("a.png");
    csv("image,text,patient", "a.png,t,7");
    Bytes.write(root.resolve("other.csv"), new byte[0]);
    refused(
        List.of(
            "image-text: "
                + root
                + " holds several CSV files (films.csv, other.csv); name the one: --data image-text:"
                + root.resolve("films.csv")));
    assertThat(
            new ImageText()
                .open(Requests.of(root.resolve("films.csv"), "size", "8"))
                .train()
                .size())
        .isEqualTo(1);
    assertThatThrownBy(() -> new ImageText().open(Requests.of(root.resolve("x"))))
        .hasMessageStartingWith("image-text: there is no folder " + root.resolve("x"));
  }

  @Test
  void withoutATrainingSplitThereIsNothingToTrainOn() {
    films("a.png");
    csv("image,text,patient,split", "a.png,t,p,test");
    refused(
        List.of(
            root.resolve("films.csv")
                + ": no patient is in split train; add patients, or a column 'split' that says"
                + " which to train on"));
    csv("image,diagnosis,patient,split", "a.png,,p,train");
    refused(
        List.of(
            root.resolve("films.csv")
                + ", line 2: diagnosis, age, sex, race and region are all empty; fill one in"));
  }

  @Test
  void theFingerprintFollowsWhatIsRead(@TempDir Path other) {
    films("a.png");
    csv("image,text,patient", "a.png,t,7");
    String one = open("size", "8").fingerprint();
    assertThat(open("size", "8").fingerprint()).isEqualTo(one);
    assertThat(open("size", "9").fingerprint()).isNotEqualTo(one);
    assertThat(open("size", "8", "inverted", "true").fingerprint()).isNotEqualTo(one);
    assertThat(open("size", "8", "grey-16-bit", "full").fingerprint()).isNotEqualTo(one);
    csv("image,text,patient", "a.png,u,7");
    assertThat(open("size", "8").fingerprint()).isNotEqualTo(one);
    csv("image,text,patient", "a.png,t,7");
    Drawn.png(root.resolve("a.png"), 6, 4, 77);
    assertThat(open("size", "8").fingerprint()).isNotEqualTo(one);
  }
}
