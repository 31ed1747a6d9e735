/**
 * Benchmarks of single kernels with JMH, built by the Maven profile {@code jmh} only. What a whole step costs is
 * measured by {@code slidefield bench}; these say which part of it.
 */
package slidefield.jmh;
