/** Maps of embeddings: many dimensions brought to two, to be looked at. */
package juxta.plugin.baselines.projection;
