package juxta.text;

import java.util.Arrays;

/** Collects the ids of a text between [CLS] and [SEP], up to a number of them. */
final class Ids {
  private final Vocabulary vocabulary;
  private final int most;
  private int[] ids = new int[16];
  private int size;

  Ids(Vocabulary vocabulary, int most) {
    if (most < 2) {
      throw new IllegalArgumentException("no room for [CLS] and [SEP] in " + most + " ids");
    }
    this.vocabulary = vocabulary;
    this.most = most;
    add(vocabulary.cls());
  }

  /** Adds an id unless there is no room; says whether there is room for another. */
  boolean add(int id) {
    if (size < most - 1) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
      }
      ids[size++] = id;
    }
    return size < most - 1;
  }

  int[] ended() {
    int[] all = Arrays.copyOf(ids, size + 1);
    all[size] = vocabulary.sep();
    return all;
  }
}
