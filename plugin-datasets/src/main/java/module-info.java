/**
 * Data sets: readers of the field's usual formats, and a generator that needs no download.
 *
 * @provides juxta.api.DatasetProvider
 */
module juxta.plugin.datasets {
  requires de.siegmar.fastcsv;
  requires io.jhdf;
  requires juxta.toolkit;

  provides juxta.api.DatasetProvider with
      juxta.plugin.datasets.generated.Shapes,
      juxta.plugin.datasets.cifar.Cifar10,
      juxta.plugin.datasets.cifar.Cifar100,
      juxta.plugin.datasets.picture.Stl10,
      juxta.plugin.datasets.picture.TinyImageNet,
      juxta.plugin.datasets.picture.ImageFolder,
      juxta.plugin.datasets.picture.Mnist,
      juxta.plugin.datasets.picture.FashionMnist,
      juxta.plugin.datasets.medmnist.MedMnist,
      juxta.plugin.datasets.volume.Volumes,
      juxta.plugin.datasets.generated.Shapes3d,
      juxta.plugin.datasets.text.ImageText,
      juxta.plugin.datasets.generated.Dental,
      juxta.plugin.datasets.instance.Instances,
      juxta.plugin.datasets.instance.Revisited,
      juxta.plugin.datasets.mask.ImagesWithMasks;
}
