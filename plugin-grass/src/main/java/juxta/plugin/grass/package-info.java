/** GraSS (arXiv 2306.15868): crops that the gradient of the contrastive loss chooses. */
package juxta.plugin.grass;
