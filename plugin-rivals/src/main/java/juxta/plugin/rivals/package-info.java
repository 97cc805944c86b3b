/** What the papers compare with, each method in a file of its own. */
package juxta.plugin.rivals;
