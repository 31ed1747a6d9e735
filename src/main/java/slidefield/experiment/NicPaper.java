package slidefield.experiment;

import java.util.List;

/**
 * The numbers of the paper on Neural Image Compression (Tellez et al. 2019): means and standard deviations of two random
 * initialisations. The curves of its figures 6, 8 and 9 are pictures only; what it says of them is in {@link NicClaims}.
 */
final class NicPaper {
    static final String VAE = "VAE";
    static final String CONTRASTIVE = "Contrastive";
    static final String BIGAN = "BiGAN";
    static final String MEAN_RGB = "Mean-RGB";
    static final String SUPERVISED_TUMOR = "Supervised-tumor";
    static final String SUPERVISED_TISSUE = "Supervised-tissue";

    /** The supervised encoder of the synthetic images, trained with the digits themselves. */
    static final String ORACLE = "Supervised";

    /** The encoders that need no labels, in the tables' order. */
    static final List<String> UNSUPERVISED = List.of(VAE, CONTRASTIVE, BIGAN);

    /** The encoders of the synthetic images, the best of the paper's first. */
    static final List<String> SYNTHETIC = List.of(ORACLE, CONTRASTIVE, VAE, BIGAN);

    /** The columns of Table 1: accuracy of tumour patches, and of tissue patches of all classes. */
    static final String TUMOR = "Camelyon tumor";

    static final String GLOBAL = "Rectum global";

    /** The columns of Table 1 between them. */
    static final List<String> TISSUES = List.of(
            "Blood", "Fat", "Epithelium", "Lymphocytes", "Mucus", "Muscle", "Necrosis", "Stroma", "Rectum tumor");

    /** The columns of Table 2 are {@link NicSet}'s names; Table 3 has two of them. */
    static final String ALL = NicSet.ALL.title();

    static final String TEST = NicSet.TEST.title();
    static final String MACRO = NicSet.MACRO.title();

    /** Figure 7: mean Jaccard index of Grad-CAM and the tilted rectangle on synthetic test images. */
    static final double JACCARD = 0.612;

    private NicPaper() {}

    /** Table 1: shares of patches classified right, by a small network on codes of frozen encoders. */
    static PaperNumbers table1() {
        PaperNumbers numbers = new PaperNumbers();
        accuracy(
                numbers,
                VAE,
                new double[] {0.799, 0.602, 0.735, 0.556, 0.811, 0.623, 0.823, 0.170, 0.768, 0.667, 0.639},
                new double[] {0.004, 0.034, 0.154, 0.006, 0.018, 0.125, 0.014, 0.018, 0.008, 0.000, 0.010});
        accuracy(
                numbers,
                CONTRASTIVE,
                new double[] {0.789, 0.304, 0.966, 0.502, 0.850, 0.240, 0.609, 0.140, 0.595, 0.476, 0.520},
                new double[] {0.004, 0.018, 0.003, 0.005, 0.014, 0.011, 0.006, 0.010, 0.005, 0.014, 0.002});
        accuracy(
                numbers,
                BIGAN,
                new double[] {0.806, 0.738, 0.879, 0.627, 0.899, 0.802, 0.796, 0.769, 0.601, 0.770, 0.765},
                new double[] {0.022, 0.034, 0.059, 0.000, 0.008, 0.055, 0.002, 0.021, 0.066, 0.010, 0.013});
        accuracy(
                numbers,
                MEAN_RGB,
                new double[] {0.772, 0.736, 0.635, 0.202, 0.385, 0.720, 0.904, 0.030, 0.668, 0.252, 0.504},
                new double[] {0.001, 0.000, 0.355, 0.049, 0.079, 0.270, 0.008, 0.028, 0.039, 0.000, 0.022});
        accuracy(
                numbers,
                SUPERVISED_TUMOR,
                new double[] {0.855, 0.578, 0.896, 0.400, 0.981, 0.868, 0.507, 0.494, 0.467, 0.618, 0.646},
                new double[] {0.001, 0.090, 0.005, 0.007, 0.004, 0.021, 0.061, 0.049, 0.027, 0.019, 0.008});
        accuracy(
                numbers,
                SUPERVISED_TISSUE,
                new double[] {0.800, 0.835, 0.958, 0.832, 0.935, 0.937, 0.940, 0.906, 0.863, 0.934, 0.904},
                new double[] {0.006, 0.003, 0.008, 0.029, 0.010, 0.026, 0.002, 0.005, 0.009, 0.002, 0.000});
        return numbers;
    }

    private static void accuracy(PaperNumbers numbers, String encoder, double[] means, double[] deviations) {
        numbers.number(encoder, TUMOR, means[0], deviations[0]);
        for (int i = 0; i < TISSUES.size(); i++) {
            numbers.number(encoder, TISSUES.get(i), means[i + 1], deviations[i + 1]);
        }
        numbers.number(encoder, GLOBAL, means[10], deviations[10]);
    }

    /** Table 2: area under the ROC curve of whole slides of CAMELYON16 with and without metastases. */
    static PaperNumbers table2() {
        return new PaperNumbers()
                .number(VAE, ALL, 0.661, 0.007)
                .number(VAE, TEST, 0.671, 0.008)
                .number(VAE, MACRO, 0.634, 0.003)
                .number(CONTRASTIVE, ALL, 0.608, 0.001)
                .number(CONTRASTIVE, TEST, 0.651, 0.016)
                .number(CONTRASTIVE, MACRO, 0.606, 0.012)
                .number(BIGAN, ALL, 0.725, 0.009)
                .number(BIGAN, TEST, 0.704, 0.030)
                .number(BIGAN, MACRO, 0.720, 0.010)
                .number(MEAN_RGB, ALL, 0.582, 0.006)
                .number(MEAN_RGB, TEST, 0.578, 0.016)
                .number(MEAN_RGB, MACRO, 0.585, 0.014)
                .number(SUPERVISED_TUMOR, ALL, 0.760, 0.002)
                .number(SUPERVISED_TUMOR, TEST, 0.771, 0.002)
                .number(SUPERVISED_TUMOR, MACRO, 0.914, 0.000);
    }

    /** Table 3: Spearman's correlation of predicted and true proliferation scores of TUPAC16's slides. */
    static PaperNumbers table3() {
        return new PaperNumbers()
                .number(VAE, ALL, 0.419, 0.004)
                .number(CONTRASTIVE, ALL, 0.390, 0.006)
                .number(BIGAN, ALL, 0.522, 0.001)
                .number(BIGAN, TEST, 0.558, 0.001)
                .number(MEAN_RGB, ALL, 0.238, 0.020)
                .number(SUPERVISED_TUMOR, ALL, 0.427, 0.014);
    }
}
