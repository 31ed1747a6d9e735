package slidefield.nic;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Module;

/**
 * The encoders that the authors of Neural Image Compression publish as Keras models: {@code encoder_bigan.h5}, others of its
 * architecture (such as {@code encoder_multitask-4.h5} of a later paper) and {@code encoder_mean-rgb.h5}. Their networks see 64 x 64
 * pixels; the patch of 128 is averaged over squares of two before, which here is the encoder's first step.
 *
 * <p>Only functions: thread-safe.
 */
public final class KerasEncoder {
    private static final int POOLING = 2;
    private static final int LAYER = 3;

    private KerasEncoder() {}

    /**
     * @param file a Keras 2 model (.h5)
     * @param engine in FLOAT; its memory is given back when the encoder is closed
     * @return the encoder
     * @throws InputException one line naming the file, if it is missing, not HDF5, damaged or another network
     */
    public static PatchEncoder open(Path file, Engine engine) {
        try (KerasModel model = KerasModel.open(file)) {
            List<KerasModel.Layer> layers = model.layers();
            if (layers.size() == 1 && layers.get(0).kind().equals("GlobalAveragePooling2D")) {
                int[] input = square(model);
                return new MeanRgb(input[0], input[2]);
            }
            return read(model, engine.type()).encoder(engine);
        } catch (IllegalArgumentException impossible) {
            throw new InputException(file + ": " + impossible.getMessage(), impossible);
        }
    }

    /**
     * @param file a Keras 2 model (.h5) with the architecture of {@link BiGanEncoder}
     * @param type FLOAT, or DOUBLE for checks
     * @return the network with its weights
     * @throws InputException as {@link #open}, and for the mean of colours, which is no network
     */
    public static TrainedEncoder read(Path file, DataType type) {
        try (KerasModel model = KerasModel.open(file)) {
            return read(model, type);
        } catch (IllegalArgumentException impossible) {
            throw new InputException(file + ": " + impossible.getMessage(), impossible);
        }
    }

    private static TrainedEncoder read(KerasModel model, DataType type) {
        List<KerasModel.Layer> layers = model.layers();
        int convolutions = (layers.size() - 2) / LAYER;
        if (convolutions < 1 || layers.size() != LAYER * convolutions + 2) {
            throw model.wrong("expected the encoder of a BiGAN (convolution, leaky ReLU and normalisation several times, then"
                    + " a linear layer), found " + layers.stream().map(KerasModel.Layer::kind).toList());
        }
        for (int i = 0; i < convolutions; i++) {
            requireConvolution(model, layers.subList(LAYER * i, LAYER * i + LAYER));
        }
        KerasModel.Layer dense = layers.get(layers.size() - 1);
        requireKind(model, layers.get(layers.size() - 2), "Flatten");
        requireKind(model, dense, "Dense");
        require(model, dense, "activation", "linear");
        require(model, dense, "use_bias", "true");
        int[] input = square(model);
        BiGanEncoderOptions options = new BiGanEncoderOptions(
                POOLING * input[0],
                input[2],
                POOLING,
                convolutions,
                layers.get(0).config().path("filters").asInt(),
                dense.config().path("units").asInt());
        Map<String, String> names = names(layers, convolutions);
        requireShapes(model, options, names);
        Module network = options.build(type, 0);
        Map<String, INDArray> values = new LinkedHashMap<>();
        try {
            network.values().forEach((name, into) -> {
                float[] read = model.values(names.get(name));
                values.put(name, Nd4j.create(read, into.shape(), 'c'));
            });
            network.load(values);
        } finally {
            values.values().forEach(INDArray::close);
        }
        return new TrainedEncoder(options, network);
    }

    private static int[] square(KerasModel model) {
        int[] input = model.input();
        if (input[0] != input[1]) {
            throw model.wrong("expected square patches, found " + input[0] + " x " + input[1]);
        }
        return input;
    }

    /** Our name of every array to Keras' name. */
    private static Map<String, String> names(List<KerasModel.Layer> layers, int convolutions) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < convolutions; i++) {
            String convolution = layers.get(LAYER * i).name();
            String norm = layers.get(LAYER * i + 2).name();
            names.put("conv" + i + ".weight", convolution + "/kernel:0");
            names.put("conv" + i + ".bias", convolution + "/bias:0");
            names.put("norm" + i + ".weight", norm + "/gamma:0");
            names.put("norm" + i + ".bias", norm + "/beta:0");
            names.put("norm" + i + ".running_mean", norm + "/moving_mean:0");
            names.put("norm" + i + ".running_var", norm + "/moving_variance:0");
        }
        String dense = layers.get(layers.size() - 1).name();
        names.put("dense.weight", dense + "/kernel:0");
        names.put("dense.bias", dense + "/bias:0");
        return names;
    }

    /** Before memory is taken for a network of that size. */
    private static void requireShapes(KerasModel model, BiGanEncoderOptions options, Map<String, String> names) {
        names.forEach((ours, theirs) -> {
            if (ours.equals("dense.weight")) {
                model.require(theirs, options.flat(), options.code());
            } else if (ours.equals("dense.bias")) {
                model.require(theirs, options.code());
            } else if (ours.startsWith("conv") && ours.endsWith("weight")) {
                model.require(
                        theirs, 3, 3, ours.startsWith("conv0.") ? options.colours() : options.width(), options.width());
            } else {
                model.require(theirs, options.width());
            }
        });
    }

    private static void requireConvolution(KerasModel model, List<KerasModel.Layer> three) {
        KerasModel.Layer convolution = three.get(0);
        requireKind(model, convolution, "Conv2D");
        require(model, convolution, "kernel_size", "[3,3]");
        require(model, convolution, "strides", "[2,2]");
        require(model, convolution, "padding", "valid");
        require(model, convolution, "dilation_rate", "[1,1]");
        require(model, convolution, "data_format", "channels_last");
        require(model, convolution, "activation", "linear");
        require(model, convolution, "use_bias", "true");
        KerasModel.Layer activation = three.get(1);
        requireKind(model, activation, "LeakyReLU");
        require(model, activation, "alpha", 0.2);
        KerasModel.Layer norm = three.get(2);
        requireKind(model, norm, "BatchNormalization");
        require(model, norm, "epsilon", BiGanEncoder.EPSILON);
        require(model, norm, "center", "true");
        require(model, norm, "scale", "true");
    }

    private static void requireKind(KerasModel model, KerasModel.Layer layer, String kind) {
        if (!layer.kind().equals(kind)) {
            throw model.wrong("layer " + layer.name() + ": expected " + kind + ", found " + layer.kind());
        }
    }

    private static void require(KerasModel model, KerasModel.Layer layer, String key, String expected) {
        JsonNode found = layer.config().path(key);
        String text = found.isTextual() ? found.asText() : found.toString();
        if (!text.equals(expected)) {
            throw other(model, layer, key, expected, text);
        }
    }

    private static void require(KerasModel model, KerasModel.Layer layer, String key, double expected) {
        JsonNode found = layer.config().path(key);
        if (!(Math.abs(found.asDouble(Double.NaN) - expected) <= 1e-6)) {
            throw other(model, layer, key, Double.toString(expected), found.toString());
        }
    }

    private static InputException other(
            KerasModel model, KerasModel.Layer layer, String key, String expected, String found) {
        return model.wrong("layer " + layer.name() + ": expected " + key + " " + expected + ", found "
                + (found.isEmpty() ? "none" : found));
    }
}
