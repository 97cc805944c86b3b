package juxta.plugin.claires;

import juxta.api.Settings;
import juxta.api.UserException;

/**
 * What a text encoder is made of.
 *
 * @param tokens size of the vocabulary
 * @param positions the longest text that it can take, in tokens
 * @param width length D of a token's vector
 * @param layers number of blocks
 * @param heads number of attention heads, a divisor of the width
 * @param hidden units of the feed-forward layer
 * @param dropout rate of all dropout
 */
record TextPlan(
    int tokens, int positions, int width, int layers, int heads, int hidden, double dropout) {
  /**
   * The encoder that a user asked for.
   *
   * @throws UserException if heads or positions do not fit
   */
  static TextPlan of(Settings s, int tokens) {
    int width = s.get(ClairesSettings.TEXT_WIDTH);
    int heads = s.get(ClairesSettings.TEXT_HEADS);
    if (width % heads != 0) {
      throw new UserException(
          "text-heads: " + heads + " heads do not divide text-width " + width + "; pass a divisor");
    }
    int most = s.get(ClairesSettings.MAX_TOKENS);
    int positions = s.get(ClairesSettings.TEXT_POSITIONS);
    if (most > positions) {
      throw new UserException(
          "max-tokens: " + most + " is more than text-positions " + positions + "; pass less");
    }
    return new TextPlan(
        tokens,
        positions,
        width,
        s.get(ClairesSettings.TEXT_LAYERS),
        heads,
        s.get(ClairesSettings.TEXT_HIDDEN),
        s.get(ClairesSettings.TEXT_DROPOUT));
  }
}
