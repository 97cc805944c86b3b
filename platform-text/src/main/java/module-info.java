/**
 * Text, from what people write to the token ids that a model takes. Training and whatever uses a
 * trained model share it; it needs nothing but Java's base module.
 */
module juxta.text {
  exports juxta.text;
}
