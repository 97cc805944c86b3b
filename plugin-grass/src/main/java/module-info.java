/** GraSS. */
module juxta.plugin.grass {
  requires java.desktop; // pictures of maps and crops
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Method with
      juxta.plugin.grass.Grass;
}
