/**
 * Instance discrimination: two views of a record belong together. A {@link
 * juxta.toolkit.discrimination.Framework} is one way to say so (networks, heads, targets, loss,
 * updates), whatever the two views were made of, so that methods which choose other pairs of views
 * can be trained with any of them.
 */
package juxta.toolkit.discrimination;
