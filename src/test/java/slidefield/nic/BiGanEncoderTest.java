package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;

class BiGanEncoderTest {
    private static long values(BiGanEncoder encoder) {
        return encoder.values().values().stream().mapToLong(INDArray::length).sum();
    }

    @Test
    void thePublishedSizeHasThePublishedCounts() {
        BiGanEncoder encoder = BiGanEncoderOptions.published().build(DataType.FLOAT, 1);
        assertEquals(594_944, encoder.parameterCount());
        assertEquals(595_968, values(encoder));
        assertEquals(64, encoder.options().side());
        assertEquals(1152, encoder.options().flat());
    }

    @Test
    void theSyntheticOneReadsGreyPatchesOfNinePixels() {
        BiGanEncoder encoder = BiGanEncoderOptions.synthetic(16).build(DataType.FLOAT, 1);
        // 3 x 3 x 1 x 32 + 32, 3 x 3 x 32 x 32 + 32, twice 2 x 32, 32 x 16 + 16
        assertEquals(320 + 9248 + 128 + 528, encoder.parameterCount());
        try (PatchEncoder patches = new TrainedEncoder(encoder.options(), encoder).encoder(Engine.preferred())) {
            assertEquals(3 * 16, patches.encode(EncoderFixture.patches(patches, 3, 4)).length);
        }
    }

    @Test
    void normalisationsFoldedIntoTheLayersAfterThemChangeNothing() {
        for (BiGanEncoderOptions options :
                new BiGanEncoderOptions[] {EncoderFixture.TINY, new BiGanEncoderOptions(32, 3, 2, 2, 4, 6)}) {
            // given
            BiGanEncoder encoder = EncoderFixture.trained(options, 7);
            try (PatchEncoder plain = new NetworkEncoder(options, encoder, Engine.preferred());
                    PatchEncoder folded = new NetworkEncoder(options, encoder.folded(), Engine.preferred())) {
                float[] patches = EncoderFixture.patches(plain, 5, 8);

                // when
                float[] expected = plain.encode(patches);

                // then
                assertArrayEquals(expected, folded.encode(patches), 2e-5f);
                assertTrue(encoder.folded().parameterCount() < encoder.parameterCount());
            }
        }
    }

    @Test
    void whatDoesNotFillABatchGivesTheSameCodes() {
        BiGanEncoderOptions options = EncoderFixture.TINY;
        BiGanEncoder encoder = EncoderFixture.trained(options, 3);
        try (PatchEncoder four = new NetworkEncoder(options, encoder, Engine.preferred(), 4);
                PatchEncoder many = new NetworkEncoder(options, encoder, Engine.preferred(), 64)) {
            float[] patches = EncoderFixture.patches(four, 11, 5);
            assertArrayEquals(many.encode(patches), four.encode(patches), 1e-5f);
        }
    }

    @Test
    void halvesOfPatchesAndImpossibleSizesAreRefused() {
        try (PatchEncoder mean = new MeanRgb(4, 3)) {
            assertEquals(
                    "expected whole patches of 4 x 4 x 3 values, found 50 values",
                    assertThrows(IllegalArgumentException.class, () -> mean.encode(new float[50]))
                            .getMessage());
        }
        assertEquals(
                "layers must be at most 2 for patches of 9 pixels after pooling, got 3",
                assertThrows(IllegalArgumentException.class, () -> new BiGanEncoderOptions(9, 1, 1, 3, 32, 16))
                        .getMessage());
        assertEquals(
                "patch must be a multiple of pooling, got 9 and 2",
                assertThrows(IllegalArgumentException.class, () -> new BiGanEncoderOptions(9, 1, 2, 1, 32, 16))
                        .getMessage());
        assertEquals(
                "colours must be 3, or 1 for grey, got 2",
                assertThrows(IllegalArgumentException.class, () -> new MeanRgb(9, 2))
                        .getMessage());
    }

    @Test
    void meanRgbIsTheMeanOfEveryColour() {
        try (PatchEncoder mean = new MeanRgb(2, 3)) {
            float[] patches = {
                1, 0, 0, 1, 0.5f, 0, 1, 0, 0.25f, 0, -0.5f, 0.25f, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1
            };
            assertArrayEquals(new float[] {0.75f, 0, 0.125f, -1, -1, -1}, mean.encode(patches), 0);
            assertEquals("Mean-RGB", mean.name());
            assertEquals(3, mean.code());
        }
    }
}
