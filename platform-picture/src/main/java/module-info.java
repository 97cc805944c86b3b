/**
 * Pictures, from the file to the bytes that a model takes: decoded as Pillow does, turned, resized,
 * cut. Training and whatever uses a trained model share it; it needs nothing but Java's own
 * modules.
 */
module juxta.picture {
  requires java.desktop;

  exports juxta.picture;
}
