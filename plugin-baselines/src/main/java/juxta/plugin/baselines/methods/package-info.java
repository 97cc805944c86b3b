/** Methods that papers compare with, and the rows that show what no training gives. */
package juxta.plugin.baselines.methods;
