package slidefield.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import slidefield.fit.Part;
import slidefield.fit.Prediction;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.notebook.Pictures;

/**
 * A prediction on the disk, bit for bit: the lesion probabilities as a grey PNG of 8 bits, the paint as a colour PNG
 * where it is kept, and a JSON file that is written last, so that where it is, all is.
 */
final class PredictionFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path lesion;
    private final Path colours;
    private final Path sidecar;

    /** @param stem folder and first part of the files' names */
    PredictionFile(Path stem) {
        lesion = stem.resolveSibling(stem.getFileName() + ".png");
        colours = stem.resolveSibling(stem.getFileName() + "-colours.png");
        sidecar = stem.resolveSibling(stem.getFileName() + ".json");
    }

    /** Whether all of it is there. */
    boolean exists(boolean withColours) {
        return Files.exists(sidecar) && Files.exists(lesion) && (!withColours || Files.exists(colours));
    }

    void write(Runs.Answer answer, boolean withColours) {
        Prediction prediction = answer.prediction();
        Pictures.save(prediction.probabilityPixels().read(0, 0, prediction.width(), prediction.height()), lesion);
        if (withColours) {
            Pictures.save(prediction.reconstruction(), colours);
        }
        ObjectNode node = JSON.createObjectNode();
        node.put("seconds", answer.seconds());
        if (Double.isFinite(prediction.psnr())) {
            node.put("psnr_db", prediction.psnr());
        }
        WholeFile.writeText(sidecar, node.toPrettyString() + "\n");
    }

    /**
     * Reads it, with the paint where that was kept.
     *
     * @throws InputException if a file is damaged
     */
    Runs.Answer read() {
        try {
            JsonNode node = JSON.readTree(sidecar.toFile());
            Raster grey = image(lesion).getRaster();
            Raster paint = Files.exists(colours) ? image(colours).getRaster() : null;
            Prediction prediction = new Prediction(grey.getWidth(), grey.getHeight(), paint != null);
            for (int y = 0; y < grey.getHeight(); y++) {
                prediction.put(
                        new Part(0, y, grey.getWidth(), 1),
                        shares(grey, y, 1),
                        paint == null ? null : shares(paint, y, 3));
            }
            prediction.psnr(node.path("psnr_db").asDouble(Double.NaN));
            return new Runs.Answer(prediction, node.path("seconds").asDouble(Double.NaN));
        } catch (IOException damaged) {
            throw new InputException(
                    "cannot read the prediction " + lesion + ": " + damaged.getMessage()
                            + "; remove it to make it anew",
                    damaged);
        }
    }

    private static BufferedImage image(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException("it is no PNG");
        }
        return image;
    }

    /** A row of samples over 255. */
    private static float[] shares(Raster raster, int y, int bands) {
        int[] samples = raster.getPixels(0, y, raster.getWidth(), 1, (int[]) null);
        if (samples.length != raster.getWidth() * bands) {
            throw new InputException("a prediction of " + bands + " bands is expected, found "
                    + samples.length / raster.getWidth() + "; remove the run's predictions to make them anew");
        }
        float[] shares = new float[samples.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = samples[i] / 255f;
        }
        return shares;
    }
}
