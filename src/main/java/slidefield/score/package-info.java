/**
 * How good an answer is: Dice, Jaccard, precision, recall, ROC and AUC, Spearman's correlation, PSNR, and the
 * tables of Dice at Base, Base/2 and Base/4 (WSI-INR, Tables 1 and 2). Reads no slides and runs no networks: it
 * is given masks and numbers.
 */
package slidefield.score;
