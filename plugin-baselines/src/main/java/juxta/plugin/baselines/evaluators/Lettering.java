package juxta.plugin.baselines.evaluators;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;

/** Writes on pictures, where the system has fonts: a small container may have none. */
final class Lettering {
  private final Graphics2D g;
  private final boolean able;

  private Lettering(Graphics2D g, boolean able) {
    this.g = g;
    this.able = able;
  }

  static Lettering on(Graphics2D g, Font font) {
    g.setFont(font);
    return new Lettering(g, able(g));
  }

  /** Without fonts Java throws one of several errors, which one depends on its version. */
  private static boolean able(Graphics2D g) {
    try {
      return g.getFontMetrics().stringWidth("a") > 0;
    } catch (RuntimeException | LinkageError | InternalError e) {
      return false;
    }
  }

  /** The text, or as much of its beginning as is so many pixels wide. */
  String fitting(String text, int width) {
    if (!able || g.getFontMetrics().stringWidth(text) <= width) {
      return text;
    }
    int kept = text.length() - 1;
    while (kept > 0 && g.getFontMetrics().stringWidth(text.substring(0, kept) + "…") > width) {
      kept--;
    }
    return text.substring(0, kept) + "…";
  }

  void draw(String text, int left, int baseline, Color colour) {
    if (able) {
      g.setColor(colour);
      g.drawString(text, left, baseline);
    }
  }
}
