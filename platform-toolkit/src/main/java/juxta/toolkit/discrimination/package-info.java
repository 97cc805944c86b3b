/**
 * Two views that belong together, and what methods that learn from them are made of: branches and
 * their moving averages, heads, rates and how long a training lasts. A {@link
 * juxta.toolkit.discrimination.PairwiseMethod} learns from whatever two views it is given, so that
 * methods which choose other pairs can train with any of them.
 */
package juxta.toolkit.discrimination;
