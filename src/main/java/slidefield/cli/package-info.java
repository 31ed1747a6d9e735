/**
 * The command line, one small class per command. Only reads options, calls the library and prints what it did:
 * nothing is computed here.
 */
package slidefield.cli;
