/** What this machine has and what of it is used: processor, cards, libraries, limits. */
package juxta.engine.hardware;
