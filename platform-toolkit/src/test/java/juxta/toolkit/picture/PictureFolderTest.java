package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
  @TempDir Path root;

  private Path file(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[1]);
  }

  @Test
  void picturesLieAtAnyDepth() throws IOException {
    Path deep = file("a/x/y/1.JPG");
    Path shallow = file("a/2.jfif");
    Path tiff = file("a/z.TIFF");
    for (String hidden :
        new String[] {
          "a/.DS_Store", "a/._2.png", "a/Thumbs.db", "a/x/desktop.ini", "a/.git/1.png"
        }) {
      file(hidden);
    }
    PictureFolder folder = new PictureFolder(root);
    assertThat(folder.below(root.resolve("a")).pictures()).containsExactly(shallow, deep, tiff);
    assertThat(folder.in(root.resolve("a")).pictures()).containsExactly(shallow, tiff);
    folder.report("here");
    assertThat(folder.passedOver()).isEmpty();
  }

  @Test
  void otherFilesAreCountedAndNamed() throws IOException {
    file("a/1.png");
    file("a/2.webp");
    file("a/x/3.WEBP");
    file("a/notes.txt");
    file("a/README");
    file("cover.png");
    PictureFolder folder = new PictureFolder(root);
    assertThat(folder.below(root.resolve("a")).endings()).isEqualTo("2 .webp");
    folder.passOver(root);
    assertThat(folder.passedOver())
        .contains(
            "5 files are passed over: 1 .txt (a/notes.txt), 2 .webp (a/2.webp, …), 1 in no folder of a"
                + " class (cover.png), 1 without ending (a/README); PNG, JPEG, BMP, GIF and TIFF are"
                + " read, convert other pictures");
  }

  private void refused(String what) {
    PictureFolder folder = new PictureFolder(root);
    folder.below(root.resolve("a"));
    assertThatThrownBy(() -> folder.report("here"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(what)
        .satisfies(e -> assertThat(((UserException) e).problems()).hasSize(1));
  }

  @Test
  void linksAreFollowedUnlessTheyLeadNowhereOrInCircles(@TempDir Path elsewhere)
      throws IOException {
    file("a/1.png");
    Path link = root.resolve("a/2.png");
    Path disk = Files.createDirectory(elsewhere.resolve("disk"));
    Files.copy(root.resolve("a/1.png"), disk.resolve("3.png"));
    Files.createSymbolicLink(link, disk.resolve("3.png"));
    Files.createSymbolicLink(root.resolve("a/more"), disk);
    PictureFolder linked = new PictureFolder(root);
    assertThat(linked.below(root.resolve("a")).pictures()).hasSize(3);
    linked.report("here");
    Files.delete(root.resolve("a/more"));
    Files.delete(link);
    Files.createSymbolicLink(link, root.resolve("nowhere"));
    refused(link + ": is a link that leads nowhere");
    Files.delete(link);
    Path up = root.resolve("a/up");
    Files.createSymbolicLink(up, root);
    refused(up + ": is a link to a folder that it lies in itself");
    Files.delete(up);
    Files.createSymbolicLink(link, root.resolve("a/1.png"));
    Path named = elsewhere.resolve("data");
    Files.createSymbolicLink(named, root);
    PictureFolder folder = new PictureFolder(named); // the user says so
    assertThat(folder.below(named.resolve("a")).pictures()).hasSize(2);
    folder.report("here");
  }

  @Test
  void devicesAreNotRead() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device));
    assertThatThrownBy(() -> PictureFiles.read(device))
        .isInstanceOf(UserException.class)
        .hasMessage("/dev/zero: is no regular file but a folder, pipe or device; remove it");
  }
}
