/**
 * Service interfaces for contrastive representation learning.
 *
 * <p>An {@link juxta.api.Augmentation} makes views, an {@link juxta.api.Encoder} makes features, a
 * {@link juxta.api.Method} decides which rows meet which and what the targets are, a {@link
 * juxta.api.Loss} turns similarities and targets into a scalar, and an {@link juxta.api.Evaluator}
 * scores a frozen {@link juxta.api.Model}. Methods describe graphs; the engine of the launcher owns
 * every session, loop, file and clock.
 */
package juxta.api;
