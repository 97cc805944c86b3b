/**
 * Wu, Luo and Wunsch, <a href="https://arxiv.org/abs/2209.13832">Learning Deep Representations via
 * Contrastive Learning for Instance Retrieval</a> (IEEE SSCI 2022): features of a classifier and of
 * a contrastively trained network, and the latter fine-tuned with average precision as the loss.
 */
package juxta.plugin.iir;
