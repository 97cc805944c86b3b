/** The standard evaluators of embeddings. */
package juxta.plugin.baselines.evaluators;
