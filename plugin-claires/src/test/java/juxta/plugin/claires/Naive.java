package juxta.plugin.claires;

import java.util.Map;

/** Layers and DistilBERT number by number, for one text without padding. */
final class Naive {
  private Naive() {}

  /** x W + b, W [in, out]. */
  static double[] linear(double[] x, float[] w, float[] b) {
    double[] y = new double[b.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = b[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += x[i] * w[i * y.length + o];
      }
    }
    return y;
  }

  static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  static double[] norm(double[] x, float[] weight, float[] bias, double epsilon) {
    double mean = 0;
    for (double one : x) {
      mean += one / x.length;
    }
    double variance = 0;
    for (double one : x) {
      variance += (one - mean) * (one - mean) / x.length;
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (x[i] - mean) / Math.sqrt(variance + epsilon) * weight[i] + bias[i];
    }
    return y;
  }

  static double[] gelu(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * (1 + erf(x[i] / Math.sqrt(2))) / 2;
    }
    return y;
  }

  /** Its power series, good to 1e-10 for the small numbers of these tests. */
  static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  /** The final state of the first token. */
  static double[] encode(int[] tokens, Map<String, float[]> w, int width, int layers, int heads) {
    double[][] x = new double[tokens.length][];
    for (int i = 0; i < tokens.length; i++) {
      double[] one = new double[width];
      for (int d = 0; d < width; d++) {
        one[d] =
            w.get("embeddings.word_embeddings.weight")[tokens[i] * width + d]
                + w.get("embeddings.position_embeddings.weight")[i * width + d];
      }
      x[i] = norm(one, w, "embeddings.LayerNorm");
    }
    for (int layer = 0; layer < layers; layer++) {
      x = block(x, w, "transformer.layer." + layer + ".", heads);
    }
    return x[0];
  }

  private static double[] norm(double[] x, Map<String, float[]> w, String name) {
    return norm(x, w.get(name + ".weight"), w.get(name + ".bias"), 1e-12);
  }

  private static double[] linear(double[] x, Map<String, float[]> w, String name) {
    return linear(x, w.get(name + ".weight"), w.get(name + ".bias"));
  }

  private static double[][] block(double[][] x, Map<String, float[]> w, String at, int heads) {
    int n = x.length;
    int width = x[0].length;
    int part = width / heads;
    double[][] q = new double[n][];
    double[][] k = new double[n][];
    double[][] v = new double[n][];
    for (int i = 0; i < n; i++) {
      q[i] = linear(x[i], w, at + "attention.q_lin");
      k[i] = linear(x[i], w, at + "attention.k_lin");
      v[i] = linear(x[i], w, at + "attention.v_lin");
    }
    double[][] out = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] mixed = new double[width];
      for (int head = 0; head < heads; head++) {
        double[] share = new double[n];
        double all = 0;
        for (int j = 0; j < n; j++) {
          double dot = 0;
          for (int d = head * part; d < (head + 1) * part; d++) {
            dot += q[i][d] * k[j][d];
          }
          share[j] = Math.exp(dot / Math.sqrt(part));
          all += share[j];
        }
        for (int j = 0; j < n; j++) {
          for (int d = head * part; d < (head + 1) * part; d++) {
            mixed[d] += share[j] / all * v[j][d];
          }
        }
      }
      double[] y =
          norm(sum(linear(mixed, w, at + "attention.out_lin"), x[i]), w, at + "sa_layer_norm");
      double[] fed = linear(gelu(linear(y, w, at + "ffn.lin1")), w, at + "ffn.lin2");
      out[i] = norm(sum(fed, y), w, at + "output_layer_norm");
    }
    return out;
  }
}
