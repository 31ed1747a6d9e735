/** What the fuzz tests share: spoilt files, and the check that a reader answers or refuses. */
package slidefield.fuzz;
