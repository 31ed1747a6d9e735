/**
 * Search over options: every combination of listed values, or random draws from ranges, each trained on a manifest's
 * training split and scored on its validation split. Results are kept trial by trial, so that a search that was stopped
 * goes on. The options are those of {@link slidefield.fit.Settings}, by their dotted keys.
 */
package slidefield.experiment.search;
