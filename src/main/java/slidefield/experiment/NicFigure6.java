package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import slidefield.data.SyntheticManifest;
import slidefield.notebook.Charts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Neural Image Compression, Figure 6: how many synthetic test images get the right label, by the size of the tilted rectangle, the
 * size of codes, the stride and the number of images.
 */
final class NicFigure6 implements SyntheticExperiment {
    private static final String FORMAT = "%.3f";
    private static final String ACCURACY = "accuracy";

    @Override
    public String name() {
        return "nic-figure6";
    }

    @Override
    public String title() {
        return "Neural Image Compression, Figure 6: synthetic images";
    }

    @Override
    public String claim() {
        return "the contrastive encoder is the best of those without labels, close to the oracle, followed by VAE and BiGAN;"
                + " accuracy falls quickly for rectangles below a tenth of the image; larger codes do better, most clearly"
                + " those of VAE and BiGAN; a smaller stride hampers; thousands of images are needed. (Curves without"
                + " numbers.)";
    }

    @Override
    public ExperimentResult run(ExperimentContext<SyntheticManifest> given) {
        try (SyntheticStudy study = SyntheticStudy.of(given, name())) {
            ResultWriter writer = new ResultWriter(study.context(), this);
            Map<String, SyntheticSetup> usual = new LinkedHashMap<>();
            Map<String, Map<Integer, SyntheticSetup>> codes = new LinkedHashMap<>();
            for (String encoder : NicPaper.SYNTHETIC) {
                usual.put(encoder, study.setup(encoder));
                codes.put(encoder, each(study.sizes().codes(), code -> study.withCode(encoder, code)));
            }
            String oracle = NicPaper.ORACLE;
            Map<Integer, SyntheticSetup> percents =
                    each(study.sizes().percents(), percent -> study.withPercent(oracle, percent));
            Map<Integer, SyntheticSetup> strides =
                    each(study.sizes().strides(), stride -> study.withStride(oracle, stride));
            List<SyntheticSetup> setups = new ArrayList<>(percents.values());
            setups.addAll(strides.values());
            setups.addAll(usual.values());
            codes.values().forEach(of -> setups.addAll(of.values()));
            Outcome outcome =
                    new Outcome(study, study.answers(setups.stream().distinct().toList()));

            Map<String, SyntheticAccuracy> bySize = new LinkedHashMap<>();
            Map<String, Spread> byEncoder = new LinkedHashMap<>();
            usual.forEach((encoder, setup) -> {
                bySize.put(encoder, outcome.bySize(setup));
                byEncoder.put(encoder, outcome.accuracy(setup));
            });
            Map<String, SortedMap<Integer, Spread>> byCode = new LinkedHashMap<>();
            codes.forEach((encoder, of) -> byCode.put(encoder, outcome.by(of.values(), SyntheticSetup::code)));
            SortedMap<Integer, Spread> byStride = outcome.by(strides.values(), SyntheticSetup::stride);
            SortedMap<Integer, Spread> byImages = outcome.by(percents.values(), study::images);

            writer.table("", outcome.table());
            writer.table("by-size", bySizeTable(bySize));
            charts(writer, bySize, byCode, byStride, byImages);
            writer.claim(NicClaims.syntheticEncoders(byEncoder));
            writer.claim(NicClaims.smallRectangles(bySize));
            writer.claim(NicClaims.codeSizes(byCode));
            writer.claim(NicClaims.strides(byStride));
            writer.claim(NicClaims.trainingImages(byImages));
            return writer.finish(numbers(bySize, byCode, byStride, byImages), study.origin(NicPaper.SYNTHETIC));
        }
    }

    private static Map<Integer, SyntheticSetup> each(List<Integer> values, IntFunction<SyntheticSetup> setup) {
        Map<Integer, SyntheticSetup> setups = new LinkedHashMap<>();
        values.forEach(value -> setups.put(value, setup.apply(value)));
        return setups;
    }

    /** What all networks came to. */
    private record Outcome(SyntheticStudy study, Map<SyntheticSetup, List<SyntheticAnswers>> answers) {
        private SyntheticAccuracy of(SyntheticAnswers one) {
            return one.accuracy(study.context().manifest().options());
        }

        /** Mean over seeds. */
        Spread accuracy(SyntheticSetup setup) {
            return Spread.of(answers.get(setup).stream()
                    .mapToDouble(one -> of(one).accuracy())
                    .toArray());
        }

        /** The images of all seeds together. */
        SyntheticAccuracy bySize(SyntheticSetup setup) {
            return of(SyntheticAnswers.all(answers.get(setup)));
        }

        SortedMap<Integer, Spread> by(Iterable<SyntheticSetup> setups, ToIntFunction<SyntheticSetup> key) {
            SortedMap<Integer, Spread> by = new TreeMap<>();
            setups.forEach(setup -> by.put(key.applyAsInt(setup), accuracy(setup)));
            return by;
        }

        Table table() {
            Table table = Table.create(
                    StringColumn.create("run"),
                    IntColumn.create("code"),
                    IntColumn.create("stride"),
                    IntColumn.create("training_images"),
                    IntColumn.create("seeds"),
                    DoubleColumn.create(ACCURACY),
                    DoubleColumn.create("accuracy_sd"),
                    DoubleColumn.create("small_rectangles"),
                    DoubleColumn.create("other_rectangles"));
            answers.forEach((setup, of) -> {
                Spread spread = accuracy(setup);
                SyntheticAccuracy parts = bySize(setup);
                table.stringColumn("run").append(setup.run());
                table.intColumn("code").append(setup.code());
                table.intColumn("stride").append(setup.stride());
                table.intColumn("training_images").append(study.images(setup));
                table.intColumn("seeds").append(of.size());
                table.doubleColumn(ACCURACY).append(spread.mean());
                table.doubleColumn("accuracy_sd").append(spread.deviation());
                table.doubleColumn("small_rectangles").append(parts.accuracy(true));
                table.doubleColumn("other_rectangles").append(parts.accuracy(false));
            });
            return table;
        }
    }

    private static Table bySizeTable(Map<String, SyntheticAccuracy> bySize) {
        Table table = Table.create(
                StringColumn.create("encoder"),
                DoubleColumn.create("from"),
                DoubleColumn.create("to"),
                IntColumn.create("images"),
                DoubleColumn.create(ACCURACY));
        bySize.forEach((encoder, of) -> {
            Binned bins = of.bySize();
            for (int i = 0; i < bins.means().length; i++) {
                table.stringColumn("encoder").append(encoder);
                table.doubleColumn("from").append(bins.edges()[i]);
                table.doubleColumn("to").append(bins.edges()[i + 1]);
                table.intColumn("images").append(bins.counts()[i]);
                table.doubleColumn(ACCURACY).append(bins.means()[i]);
            }
        });
        return table;
    }

    private static void charts(
            ResultWriter writer,
            Map<String, SyntheticAccuracy> bySize,
            Map<String, SortedMap<Integer, Spread>> byCode,
            SortedMap<Integer, Spread> byStride,
            SortedMap<Integer, Spread> byImages) {
        Map<String, double[][]> sizes = new LinkedHashMap<>();
        bySize.forEach((encoder, of) -> sizes.put(encoder, curve(of.bySize())));
        writer.chart("", Charts.lines("a) Size of the rectangle", "% of the image's side (tilted)", ACCURACY, sizes));
        Map<String, double[][]> codes = new LinkedHashMap<>();
        byCode.forEach((encoder, of) -> codes.put(encoder, curve(of)));
        writer.chart("codes", Charts.lines("b) Size of codes", "values of a code", ACCURACY, codes));
        writer.chart(
                "strides", Charts.lines("c) Stride", "pixels", ACCURACY, Map.of(NicPaper.ORACLE, curve(byStride))));
        writer.chart(
                "images",
                Charts.lines("d) Images to learn from", "images", ACCURACY, Map.of(NicPaper.ORACLE, curve(byImages))));
    }

    private static double[][] curve(Binned bins) {
        double[] middles = new double[bins.means().length];
        for (int i = 0; i < middles.length; i++) {
            middles[i] = 50 * (bins.edges()[i] + bins.edges()[i + 1]);
        }
        return new double[][] {middles, bins.means()};
    }

    private static double[][] curve(SortedMap<Integer, Spread> points) {
        return new double[][] {
            points.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
            points.values().stream().mapToDouble(Spread::mean).toArray()
        };
    }

    private static String numbers(
            Map<String, SyntheticAccuracy> bySize,
            Map<String, SortedMap<Integer, Spread>> byCode,
            SortedMap<Integer, Spread> byStride,
            SortedMap<Integer, Spread> byImages) {
        List<String> header = new ArrayList<>(List.of("encoder"));
        byCode.values().iterator().next().keySet().forEach(code -> header.add("C = " + code));
        header.addAll(List.of("small rectangles", "others"));
        List<List<String>> rows = new ArrayList<>();
        byCode.forEach((encoder, of) -> {
            List<String> row = new ArrayList<>(List.of(encoder));
            of.values().forEach(one -> row.add(one.text(FORMAT)));
            row.add(text(bySize.get(encoder).accuracy(true)));
            row.add(text(bySize.get(encoder).accuracy(false)));
            rows.add(row);
        });
        return "Share of the test images that get the right one of ten labels, mean ± sd over seeds; 0.1 is chance. Small"
                + " rectangles are tilted ones below a tenth of the image's side; they and the others are of codes as large"
                + " as in the other charts.\n\n"
                + Markdown.table(header, rows)
                + "\nSupervised, by stride and by number of images to learn from:\n\n"
                + Markdown.table(keys("stride", byStride), List.of(texts(byStride)))
                + "\n"
                + Markdown.table(keys("images", byImages), List.of(texts(byImages)));
    }

    private static String text(double accuracy) {
        return Double.isNaN(accuracy) ? "–" : String.format(Locale.ROOT, FORMAT, accuracy);
    }

    private static List<String> keys(String of, SortedMap<Integer, Spread> points) {
        List<String> header = new ArrayList<>(List.of(of));
        points.keySet().forEach(key -> header.add(Integer.toString(key)));
        return header;
    }

    private static List<String> texts(SortedMap<Integer, Spread> points) {
        List<String> row = new ArrayList<>(List.of(ACCURACY));
        points.values().forEach(one -> row.add(one.text(FORMAT)));
        return row;
    }
}
