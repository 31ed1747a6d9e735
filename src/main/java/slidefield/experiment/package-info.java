/**
 * The papers' tables and figures as experiments that one command or one notebook runs, every method through the same
 * slides, the same scores and the same seeds: WSI-INR (Table 1, Table 2, Figures 3 and 4), multi-resolution U-Nets
 * (the ROC figure and Figure 4) and, on plain images, SwIPE (Tables 1 to 3 in 2-D and the supplement's Figure 3). Each
 * writes CSV and PNG files, prints the paper's numbers beside its own, and says which data its own come from. The methods themselves live in {@code slidefield.fit}, {@code slidefield.patch} and
 * {@code slidefield.swipe}.
 *
 * <p>{@code Experiments} knows them by name; {@code Trials} trains each {@code Method} and hands its answers over;
 * {@code Runs} keeps what was trained and answered; the classes named {@code ...Claim} judge what a paper says from our
 * numbers; {@code ResultWriter} writes it all down. For plain images {@code ImageStudy}, {@code ImageMethod} and
 * {@code ImageTrials} do the same.
 */
package slidefield.experiment;
