/** What the papers compare with: rivals of their methods. */
module juxta.plugin.rivals {
  requires juxta.api;
  requires juxta.toolkit;

  provides juxta.api.Loss with
      juxta.plugin.rivals.SupconLoss;
  provides juxta.api.Method with
      juxta.plugin.rivals.BarlowTwins,
      juxta.plugin.rivals.Densecl,
      juxta.plugin.rivals.Dino,
      juxta.plugin.rivals.Fastmoco,
      juxta.plugin.rivals.Nnclr,
      juxta.plugin.rivals.Supcon,
      juxta.plugin.rivals.Swav,
      juxta.plugin.rivals.Vicreg;
}
