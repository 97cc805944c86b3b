/**
 * A trained model in a Java program: {@link juxta.inference.Embedder} opens a folder that {@code
 * juxta export RUN --to onnx} wrote and embeds pictures and texts, {@link juxta.inference.Index}
 * searches among embeddings that {@code juxta embed} wrote. Models run in ONNX Runtime; neither
 * TensorFlow nor anything else of Juxta's training is needed.
 */
module juxta.inference {
  requires transitive java.desktop; // BufferedImage
  requires juxta.picture;
  requires juxta.text;
  requires com.fasterxml.jackson.core;
  requires com.microsoft.onnxruntime;

  exports juxta.inference;
}
