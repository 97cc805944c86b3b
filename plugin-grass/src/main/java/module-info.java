/** GraSS. */
module juxta.plugin.grass {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Method with
      juxta.plugin.grass.Grass;
}
