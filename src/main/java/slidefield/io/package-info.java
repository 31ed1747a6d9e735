/**
 * What every other package stands on: files that are written whole or not at all, and the one exception
 * that means "something you gave cannot be used". Knows nothing of slides or networks.
 */
package slidefield.io;
