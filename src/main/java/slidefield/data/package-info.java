/**
 * What a data set is: manifests (which slides, where from, their size, sha256, licence and split), the folder
 * they lie in, the check that a file is the one the manifest names, and ways to get it: verified, resumable downloads,
 * and synthetic slides drawn from their seeds. Opens no slide and trains nothing.
 */
package slidefield.data;
