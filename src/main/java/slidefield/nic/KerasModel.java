package slidefield.nic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import slidefield.io.InputException;

/**
 * A model as Keras 2 saves it whole in HDF5: its layers one after the other and their weights by name.
 *
 * <p>Not thread-safe.
 */
final class KerasModel implements AutoCloseable {
    private static final String CONFIG = "model_config";
    private static final String WEIGHTS = "model_weights";

    /** Groups in groups; Keras makes three. */
    private static final int DEEPEST = 8;

    private final Path path;
    private final HdfFile file;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Dataset> weights = new HashMap<>();
    private JsonNode input;

    /**
     * @param kind Keras' class name
     * @param name its own
     * @param config what it was made with
     */
    record Layer(String kind, String name, JsonNode config) {}

    private KerasModel(Path path, HdfFile file) {
        this.path = path;
        this.file = file;
    }

    /** @throws InputException one line naming the file, if it is missing, not HDF5, damaged or no model of Keras */
    static KerasModel open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new InputException(path + " does not exist: expected weights that Keras saved, such as encoder_bigan.h5");
        }
        HdfFile file;
        try {
            file = new HdfFile(path);
        } catch (RuntimeException wrong) {
            throw new InputException(path + " is no HDF5 file: expected weights that Keras saved, such as encoder_bigan.h5", wrong);
        }
        KerasModel model = new KerasModel(path, file);
        try {
            model.read();
            return model;
        } catch (InputException refused) {
            model.close();
            throw refused;
        } catch (RuntimeException | JsonProcessingException wrong) {
            model.close();
            throw model.damaged(wrong);
        }
    }

    private InputException damaged(Exception wrong) {
        return new InputException(path + " is damaged, or HDF5 of a kind that is not read: "
                + String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""), wrong);
    }

    InputException wrong(String what) {
        return new InputException(path + ": " + what);
    }

    private void read() throws JsonProcessingException {
        Attribute config = file.getAttributes().get(CONFIG);
        Node group = file.getChildren().get(WEIGHTS);
        if (config == null || !(group instanceof Group)) {
            throw wrong("expected a whole model that Keras saved, found no "
                    + (config == null ? CONFIG : WEIGHTS) + "; weights alone do not say what they belong to");
        }
        flatten(JsonMapper.builder().build().readTree(String.valueOf(config.getData())), 0);
        collect((Group) group, 0);
    }

    private void flatten(JsonNode layer, int depth) {
        String kind = layer.path("class_name").asText();
        JsonNode config = layer.path("config");
        if (depth > DEEPEST) {
            throw wrong("models in models, more than " + DEEPEST + " deep");
        }
        if (kind.equals("Model") || kind.equals("Functional") || kind.equals("Sequential")) {
            (config.isArray() ? config : config.path("layers")).forEach(inner -> flatten(inner, depth + 1));
            return;
        }
        if (input == null && config.has("batch_input_shape")) {
            input = config.get("batch_input_shape");
        }
        if (!kind.equals("InputLayer")) {
            layers.add(new Layer(kind, config.path("name").asText(), config));
        }
    }

    private void collect(Group group, int depth) {
        for (Node node : group) {
            if (node instanceof Dataset dataset) {
                weights.put(group.getName() + "/" + dataset.getName(), dataset);
            } else if (node instanceof Group inner && depth < DEEPEST) {
                collect(inner, depth + 1);
            }
        }
    }

    /** All but the input, in order; models in models are opened. */
    List<Layer> layers() {
        return layers;
    }

    /**
     * Height, width and colours of an image that goes in.
     *
     * @throws InputException if something else goes in
     */
    int[] input() {
        if (input == null || input.size() != 4) {
            throw wrong("expected images as input, found " + input);
        }
        return new int[] {input.get(1).asInt(), input.get(2).asInt(), input.get(3).asInt()};
    }

    /** @throws InputException if there is no such array, or one of another shape or type */
    void require(String name, long... shape) {
        Dataset found = weights.get(name);
        if (found == null) {
            throw wrong("holds no " + name + ", which its " + CONFIG + " asks for");
        }
        long[] has = Arrays.stream(found.getDimensions()).asLongStream().toArray();
        if (!Arrays.equals(has, shape)) {
            throw wrong(name + " has the shape " + Arrays.toString(has) + ", expected " + Arrays.toString(shape));
        }
        if (found.getJavaType() != float.class) {
            throw wrong(name + " holds " + found.getJavaType().getSimpleName() + ", expected float");
        }
        try {
            if (found.getSizeInBytes() > Files.size(path)) {
                throw wrong(name + " takes more bytes than the file has: it is cut");
            }
        } catch (IOException failure) {
            throw new InputException("cannot read " + path + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * The values of an array that was asked for with {@link #require}, row-major.
     *
     * @throws InputException if the file is damaged there
     */
    float[] values(String name) {
        float[] values;
        try {
            values = (float[]) weights.get(name).getDataFlat();
        } catch (RuntimeException wrong) {
            throw damaged(wrong);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw wrong(name + " holds " + value + ": it is damaged");
            }
        }
        return values;
    }

    @Override
    public void close() {
        file.close();
    }
}
