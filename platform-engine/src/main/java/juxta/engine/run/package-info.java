/** A run: what was asked for, its folder, its record, and how it goes from start to scores. */
package juxta.engine.run;
