package juxta.engine.catalogue;

import java.util.Comparator;

/** Compares names so that numbers in them count as numbers: resnet18 before resnet101. */
public final class NaturalOrder {
  /** The order; names that differ only in leading zeros are still told apart. */
  public static final Comparator<String> NATURAL =
      ((Comparator<String>) NaturalOrder::compare).thenComparing(Comparator.naturalOrder());

  private NaturalOrder() {}

  private static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = digits(a, i);
      int endB = digits(b, j);
      int order;
      if (endA > i && endB > j) {
        order = number(a.substring(i, endA), b.substring(j, endB));
      } else {
        order = Character.compare(a.charAt(i), b.charAt(j));
        endA = i + 1;
        endB = j + 1;
      }
      if (order != 0) {
        return order;
      }
      i = endA;
      j = endB;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static int digits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static int number(String a, String b) {
    return new java.math.BigInteger(a).compareTo(new java.math.BigInteger(b));
  }
}
