/** Multi-network contrastive learning. */
module juxta.plugin.multinet {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Method with
      juxta.plugin.multinet.Multinet;
}
