/**
 * Fitting fields to slides: two-step training, inference-time optimisation with its stop rule, dense prediction,
 * checkpoints and run folders (WSI-INR sections 2 and 3). What a field is made of lives in {@code slidefield.field}.
 */
package slidefield.fit;
