/**
 * The standard encoders: ResNets and vision transformers, with the names of torchvision and timm.
 */
package juxta.plugin.baselines.encoders;
