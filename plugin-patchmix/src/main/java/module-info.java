/** Plug-in. */
module juxta.plugin.patchmix {
  requires juxta.api;
  requires juxta.toolkit;
}
