package juxta.fuzz;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.DatasetProvider.Request;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.engine.run.Checkpoints;
import juxta.engine.run.RunRecord;
import juxta.engine.run.Scoring;
import juxta.launcher.cli.ConfigFile;
import juxta.launcher.plugins.PluginTrust;
import juxta.launcher.run.ComparisonRecord;
import juxta.launcher.run.TourRecord;
import juxta.plugin.claires.text.VocabularyFile;
import juxta.plugin.datasets.cifar.Cifar10;
import juxta.plugin.datasets.instance.Instances;
import juxta.plugin.datasets.instance.Revisited;
import juxta.plugin.datasets.mask.ImagesWithMasks;
import juxta.plugin.datasets.medmnist.MedMnist;
import juxta.plugin.datasets.picture.ImageFolder;
import juxta.plugin.datasets.picture.Mnist;
import juxta.plugin.datasets.picture.TinyImageNet;
import juxta.plugin.datasets.text.ImageText;
import juxta.plugin.datasets.volume.Volumes;
import juxta.toolkit.io.Npy;
import juxta.toolkit.io.Npz;
import juxta.toolkit.io.Safetensors;
import juxta.toolkit.picture.PictureFiles;
import juxta.toolkit.volume.Nifti;
import juxta.toolkit.volume.Nrrd;

/** Every reader. */
final class Targets {
  private static final byte[] SOUND_PNG =
      Pictures.file(Pictures.drawn(BufferedImage.TYPE_INT_RGB), "png");
  private static final byte[] SOUND_MASK = Pictures.mask();
  private static final byte[] SOUND_JPEG = Pictures.jpeg().get(0);
  private static final UnaryOperator<byte[]> PLAIN = bytes -> bytes;

  private Targets() {}

  static List<Target> all() {
    List<Target> all = new ArrayList<>();
    pictures(all);
    volumes(all);
    arrays(all);
    tables(all);
    records(all);
    return all;
  }

  private static void pictures(List<Target> all) {
    all.add(new Target("png", Pictures.png(), Pictures::mendPng, picture("a.png")));
    all.add(
        new Target(
            "png-pixels",
            Pictures.png().stream().map(Pictures::unpacked).toList(),
            Pictures::packed,
            picture("a.png")));
    all.add(new Target("jpeg", Pictures.jpeg(), PLAIN, picture("a.jpg")));
    all.add(new Target("gif", Pictures.gif(), PLAIN, picture("a.gif")));
    all.add(new Target("bmp", Pictures.bmp(), PLAIN, picture("a.bmp")));
    all.add(new Target("tiff", Pictures.tiff(), PLAIN, picture("a.tiff")));
    all.add(
        new Target(
            "image-folder",
            Pictures.png(),
            Pictures::mendPng,
            (folder, input) -> {
              write(folder, "a/0.png", input);
              write(folder, "a/1.png", SOUND_PNG);
              write(folder, "b/2.png", SOUND_PNG);
              open(new ImageFolder(), folder, "size", "8");
            }));
    all.add(
        new Target(
            "mask",
            List.of(SOUND_MASK),
            Pictures::mendPng,
            (folder, input) -> masks(folder, input, classes(4))));
    all.add(
        new Target(
            "mask-classes",
            Texts.utf8(classes(4)),
            PLAIN,
            (folder, input) -> masks(folder, SOUND_MASK, text(input))));
  }

  private static String classes(int count) {
    StringBuilder list = new StringBuilder("id,name\n");
    for (int i = 0; i < count; i++) {
      list.append(i).append(",class ").append(i).append('\n');
    }
    return list.toString();
  }

  private static String text(byte[] input) {
    return new String(input, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static void masks(Path folder, byte[] mask, String classes) throws IOException {
    write(folder, "images/a.png", SOUND_PNG);
    write(folder, "masks/a.png", mask);
    write(folder, "images/b.png", SOUND_PNG);
    write(folder, "masks/b.png", SOUND_MASK);
    write(folder, "classes.csv", classes.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    open(new ImagesWithMasks(), folder, "area", "[ab]", "test-areas", "b");
  }

  private static void volumes(List<Target> all) {
    all.add(
        new Target(
            "nifti",
            Numbers.niftis(),
            PLAIN,
            (folder, input) -> Nifti.read(write(folder, "a.nii", input))));
    all.add(
        new Target(
            "nifti-gz",
            Numbers.niftis(),
            Numbers::gzip,
            (folder, input) -> Nifti.read(write(folder, "a.nii.gz", input))));
    all.add(
        new Target(
            "nrrd",
            Numbers.nrrds(),
            PLAIN,
            (folder, input) -> {
              write(folder, "voxels.raw", Numbers.random(60));
              Path file = write(folder, "a.nrrd", input);
              Nrrd.files(file);
              Nrrd.read(file);
            }));
    all.add(
        new Target(
            "hdf5",
            Numbers.hdf5(),
            PLAIN,
            (folder, input) -> {
              write(folder, "a.h5", input);
              write(folder, "b.h5", Numbers.hdf5().get(0));
              open(new Volumes(), folder);
            }));
    all.add(
        new Target(
            "hdf5-image",
            Numbers.storedByH5py(),
            PLAIN,
            (folder, input) -> {
              write(folder, "a.h5", input);
              write(folder, "b.h5", Numbers.hdf5().get(0));
              try {
                open(new Volumes(), folder);
              } catch (UserException e) {
                if (!e.getMessage().contains("has no data set 'label'")) { // the image was read
                  throw e;
                }
              }
            }));
    byte[] label = Numbers.nifti(2, 8, java.nio.ByteOrder.LITTLE_ENDIAN, new byte[60]);
    all.add(
        new Target(
            "volume-label",
            List.of(label),
            PLAIN,
            (folder, input) -> {
              byte[] image = Numbers.niftis().get(1);
              write(folder, "a_image.nii", image);
              write(folder, "a_label.nii", input);
              write(folder, "b_image.nii", image);
              write(folder, "b_label.nii", label);
              open(new Volumes(), folder);
            }));
  }

  private static void arrays(List<Target> all) {
    all.add(
        new Target(
            "npy",
            Numbers.npys(),
            PLAIN,
            (folder, input) -> Npy.read(write(folder, "a.npy", input))));
    all.add(
        new Target(
            "npz",
            Numbers.npys(),
            bytes -> Numbers.zip(new LinkedHashMap<>(Map.of("a.npy", bytes))),
            (folder, input) -> {
              try (Npz npz = Npz.open(write(folder, "a.npz", input))) {
                npz.names().forEach(npz::tensor);
              }
            }));
    all.add(
        new Target(
            "medmnist",
            List.of(Numbers.npy("|u1", "4, 3, 2", Numbers.random(24))),
            Numbers::medMnist,
            (folder, input) -> {
              Path file = write(folder, "pneumoniamnist.npz", input);
              records(new MedMnist().open(request(file, folder)));
            }));
    all.add(
        new Target(
            "safetensors",
            Numbers.safetensors(),
            PLAIN,
            (folder, input) -> Safetensors.read(write(folder, "a.safetensors", input))));
    all.add(
        new Target(
            "idx-images",
            List.of(Numbers.idx(4, 28, 28), Numbers.idx(4, 5, 6)),
            PLAIN,
            (folder, input) -> mnist(folder, "train-images-idx3-ubyte", input)));
    all.add(
        new Target(
            "idx-labels-gz",
            List.of(Numbers.idx(4)),
            Numbers::gzip,
            (folder, input) -> mnist(folder, "train-labels-idx1-ubyte.gz", input)));
    byte[] cifar = new byte[2 * 3073];
    all.add(
        new Target(
            "cifar",
            List.of(cifar),
            PLAIN,
            (folder, input) -> {
              write(folder, "data_batch_1.bin", input);
              write(folder, "test_batch.bin", cifar);
              open(new Cifar10(), folder);
            }));
  }

  private static void mnist(Path folder, String name, byte[] input) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("train-images-idx3-ubyte", Numbers.idx(4, 28, 28));
    files.put("train-labels-idx1-ubyte", Numbers.idx(4));
    files.put("t10k-images-idx3-ubyte", Numbers.idx(4, 28, 28));
    files.put("t10k-labels-idx1-ubyte", Numbers.idx(4));
    files.remove(name.replace(".gz", ""));
    files.put(name, input);
    if (name.startsWith("train-images") && input.length < 500) { // the smaller pictures
      files.put("t10k-images-idx3-ubyte", Numbers.idx(4, 5, 6));
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      write(folder, file.getKey(), file.getValue());
    }
    open(new Mnist(), folder);
  }

  private static void tables(List<Target> all) {
    all.add(
        new Target(
            "image-text",
            Texts.utf8(
                "image,text,patient\na.png,one tooth,1\nb.png,\"two, teeth\",2\n",
                "image;text;patient;split\na.png;one;1;train\nb.png;two;2;test\n",
                "image\tcaption\na.png\tone\nb.png\ttwo\n\t\n"),
            PLAIN,
            (folder, input) -> {
              write(folder, "films.csv", input);
              write(folder, "a.png", SOUND_PNG);
              write(folder, "b.png", SOUND_PNG);
              open(new ImageText(), folder, "size", "8");
            }));
    all.add(
        new Target(
            "instances",
            Texts.utf8("file,instance,role\na.png,x,gallery\nb.png,x,query\nc.png,y,gallery\n"),
            PLAIN,
            (folder, input) -> {
              write(folder, "list.csv", input);
              for (String name : List.of("a", "b", "c")) {
                write(folder, name + ".png", SOUND_PNG);
              }
              open(new Instances(), folder);
            }));
    all.add(
        new Target(
            "tiny-imagenet",
            Texts.utf8("a.png\tn1\t0\t0\t3\t3\n"),
            PLAIN,
            (folder, input) -> {
              write(folder, "wnids.txt", Texts.utf8("n1\nn2\n").get(0));
              write(folder, "train/n1/images/a.png", SOUND_PNG);
              write(folder, "train/n2/images/b.png", SOUND_PNG);
              write(folder, "val/images/a.png", SOUND_PNG);
              write(folder, "val/val_annotations.txt", input);
              open(new TinyImageNet(), folder);
            }));
    all.add(
        new Target(
            "pickle", Texts.pickles(), PLAIN, (folder, input) -> truth(folder, "pkl", input)));
    all.add(
        new Target(
            "ground-truth-json",
            Texts.utf8(
                "{\"imlist\":[\"a\"],\"qimlist\":[\"a\"],\"gnd\":[{\"easy\":[0],\"hard\":[],"
                    + "\"junk\":[],\"bbx\":[0,0,4,4]}]}"),
            PLAIN,
            (folder, input) -> truth(folder, "json", input)));
    all.add(
        new Target(
            "vocabulary",
            Texts.utf8("[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##b\n"),
            PLAIN,
            (folder, input) -> VocabularyFile.read(write(folder, "vocab.txt", input))));
    all.add(
        new Target(
            "yaml",
            Texts.yaml(),
            PLAIN,
            (folder, input) -> ConfigFile.read(write(folder, "a.yaml", input))));
  }

  private static void truth(Path folder, String ending, byte[] input) throws IOException {
    write(folder, "gnd_a." + ending, input);
    for (String name : List.of("a", "b", "c", "q")) {
      write(folder, name + ".jpg", SOUND_JPEG);
    }
    open(new Revisited(), folder);
  }

  private static void records(List<Target> all) {
    all.add(
        new Target(
            "run-record",
            Texts.utf8(Texts.RUN),
            PLAIN,
            (folder, input) -> {
              write(folder, "run.json", input);
              RunRecord record = RunRecord.read(folder).orElseThrow();
              record.overrides();
              record.file();
            }));
    byte[] weights =
        Numbers.safetensors(
            "{\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}",
            new byte[24]);
    byte[] nothing = Numbers.safetensors("{}", new byte[0]);
    all.add(
        new Target(
            "state",
            Texts.utf8(Texts.STATE),
            PLAIN,
            (folder, input) -> {
              String at = "phase-01-step-000000005/";
              write(folder, at + "weights.safetensors", weights);
              write(folder, at + "optimizer.safetensors", nothing);
              write(folder, at + "state.json", input);
              new Checkpoints(folder).latest();
            }));
    all.add(
        new Target(
            "scores",
            Texts.utf8(Texts.SCORES),
            PLAIN,
            (folder, input) -> {
              write(folder, "scores.json", input);
              Scoring.read(folder, "4f");
            }));
    all.add(
        new Target(
            "comparison",
            Texts.utf8(Texts.COMPARISON),
            PLAIN,
            (folder, input) -> {
              write(folder, "comparison.json", input);
              ComparisonRecord.read(folder);
            }));
    all.add(
        new Target(
            "tour",
            Texts.utf8(Texts.TOUR),
            PLAIN,
            (folder, input) -> {
              write(folder, "tour.json", input);
              TourRecord.read(folder);
            }));
    all.add(
        new Target(
            "plugin-lock",
            Texts.utf8("0".repeat(64) + "  a.jar\n"),
            PLAIN,
            (folder, input) -> {
              write(folder, "plugins/some.jar", new byte[9]);
              Path lock = write(folder, "plugins.lock", input);
              PluginTrust.trust(folder.resolve("plugins"), lock, "some");
            }));
  }

  private static Target.Reader picture(String name) {
    return (folder, input) -> {
      Path file = folder.resolve(name); // decoded from memory, as all pictures are
      PictureFiles.header(file, input);
      PictureFiles.decode(file, input);
      PictureFiles.stored(file, input);
    };
  }

  private static Path write(Path folder, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static Request request(Path path, Path folder, String... keysAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Request(
        Optional.of(path), folder.resolve("cache"), Settings.of(values), (text, share) -> {});
  }

  private static void open(DatasetProvider provider, Path folder, String... settings) {
    records(provider.open(request(folder, folder, settings)));
  }

  /** Reads every field of the first records of every split. */
  private static void records(Dataset data) {
    try (data) {
      for (Split split : data.splits().values()) {
        for (int i = 0; i < Math.min(split.size(), 8); i++) {
          for (Field field : split.fields()) {
            split.value(field.name(), i);
          }
        }
      }
    }
  }
}
