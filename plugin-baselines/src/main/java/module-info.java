/** Plug-in. */
module juxta.plugin.baselines {
  requires juxta.api;
  requires juxta.toolkit;
}
