/** Plug-in. */
module juxta.plugin.datasets {
  requires juxta.api;
  requires juxta.toolkit;
}
