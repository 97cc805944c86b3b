module example {
  requires juxta.toolkit;
  provides juxta.api.Method with example.SimSiamLite;
}
