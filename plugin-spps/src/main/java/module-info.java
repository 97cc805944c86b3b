/** SPPS: a set of semantic positive pairs. */
module juxta.plugin.spps {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Method with
      juxta.plugin.spps.Spps;
}
