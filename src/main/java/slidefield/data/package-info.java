/**
 * What a data set is: manifests (which slides, where from, their size, sha256, licence and split), the folder
 * they lie in, and the check that a file is the one the manifest names. Opens no slide and trains nothing.
 */
package slidefield.data;
