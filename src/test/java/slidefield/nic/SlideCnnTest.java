package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Tape;

class SlideCnnTest {
    @ParameterizedTest
    @CsvSource({"128, 2, 160386", "128, 1, 160257", "16, 10, 146074"})
    void hasThePapersParameters(int code, int outputs, long parameters) {
        SlideCnn network = new SlideCnn(SlideCnnOptions.paper(code, outputs), DataType.FLOAT, 1);

        assertEquals(parameters, network.parameterCount());
        long statistics = network.values().entrySet().stream()
                .filter(each -> each.getKey().contains("running"))
                .mapToLong(each -> each.getValue().length())
                .sum();
        assertEquals(2304, statistics);
        if (outputs == 2) {
            assertEquals(162690, parameters + statistics);
        }
    }

    @Test
    void thePenaltyIsOnConvolutionsTheirBiasesAndTheDenseMatrix() {
        SlideCnn network = new SlideCnn(SlideCnnOptions.paper(128, 2), DataType.FLOAT, 1);

        long values =
                network.penalised().stream().mapToLong(p -> p.value().length()).sum();

        assertEquals(8 * (9 * 128 + 128 * 128 + 128) + 128 * 128, values);
    }

    @ParameterizedTest
    @CsvSource({"400, 8, 1", "64, 5, 1", "100, 5, 2", "500, 8, 2", "15, 3, 1", "3, 1, 1", "5, 1, 2"})
    void asManyConvolutionsAsFit(int crop, int layers, int last) {
        SlideCnnOptions options = new SlideCnnOptions(2, crop, 3, List.of(2, 2, 2, 2, 2, 2, 1, 1), 4, 1, 0.2, 0.01);

        assertEquals(layers, options.layers());
        assertEquals(last, options.lastSide());
    }

    @Test
    void cropsBecomeOutputs() {
        SlideCnnOptions options = new SlideCnnOptions(2, 10, 3, List.of(2, 2), 4, 5, 0.2, 0.01);
        SlideCnn network = new SlideCnn(options, DataType.FLOAT, 1);
        Init init = new Init(DataType.FLOAT, 2);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            long[] shape =
                    network.forward(tape.constant(init.normal(1, 3, 10, 10, 2))).shape();
            assertArrayEquals(new long[] {3, 5}, shape);
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> network.forward(tape.constant(init.normal(1, 1, 10, 9, 2))));
            assertEquals("expected crops of N x 10 x 10 x 2, found [1, 10, 9, 2]", refused.getMessage());
        }
    }

    @Test
    void settingsSurviveTheirFileAndRefuseWhatDoesNotFit(@TempDir Path folder) {
        for (String name : SlideCnnSettings.presets()) {
            SlideCnnSettings settings = SlideCnnSettings.preset(name);
            settings.write(folder.resolve("config.yaml"));
            assertEquals(settings, SlideCnnSettings.read(folder.resolve("config.yaml")));
        }
        SlideCnnSettings paper = SlideCnnSettings.preset("paper");
        assertEquals(
                SlideTask.CLASSES,
                paper.with(List.of("training.task=classes", "slideCnn.outputs=9"))
                        .training()
                        .task());
        refused("unknown preset 'big'", () -> SlideCnnSettings.preset("big"));
        refused("slideCnn.outputs must be 1 (sigmoid) or 2 (softmax)", () -> paper.with(List.of("slideCnn.outputs=3")));
        refused("slideCnn.outputs must be one for each class", () -> paper.with(List.of("training.task=classes")));
        refused("slideCnn.crop must be between 3 and 8192, got 2", () -> paper.with(List.of("slideCnn.crop=2")));
        refused("slideCnn.strides must name", () -> paper.with(List.of("slideCnn.strides=[]")));
        refused("training.batch must be between 2", () -> paper.with(List.of("training.batch=1")));
        refused("training.floor must be between 0 and", () -> paper.with(List.of("training.floor=1")));
        refused("filter", () -> paper.with(List.of("slideCnn.filter=1")));
    }

    private static void refused(String part, Runnable action) {
        String message = assertThrows(InputException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
    }
}
