package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.StateDigest;
import slidefield.nn.kernels.Nd4jRuntime;

/** Files go from here to Python and back, bit for bit: read by the format's own library, and by the text of its format. */
class SafeTensorsPythonTest {
    static {
        // before the first array, as everything in the library does
        Nd4jRuntime.prepare();
    }

    private static final String PYTHON = "/usr/bin/python3";

    /** Reads and writes by the description of the format alone, without the library. */
    private static final String BY_HAND =
            """
            import json, struct, sys
            source, target = sys.argv[1:3]
            whole = open(source, "rb").read()
            length = struct.unpack("<Q", whole[:8])[0]
            header = json.loads(whole[8:8 + length])
            data = whole[8 + length:]
            metadata = header.pop("__metadata__")
            wide = {"F64": 8, "F32": 4}
            at = 0
            for name, entry in sorted(header.items(), key=lambda e: e[1]["data_offsets"]):
                count = 1
                for size in entry["shape"]:
                    count *= size
                assert entry["data_offsets"] == [at, at + count * wide[entry["dtype"]]], name
                at = entry["data_offsets"][1]
            assert at == len(data) and (8 + length) % 8 == 0
            assert list(metadata.values())[0] == "a test", metadata
            # back in the opposite order, without the metadata
            out, parts, at = {}, [], 0
            for name in reversed(sorted(header)):
                begin, end = header[name]["data_offsets"]
                out[name] = dict(header[name], data_offsets=[at, at + end - begin])
                parts.append(data[begin:end])
                at += end - begin
            text = json.dumps(out).encode()
            open(target, "wb").write(struct.pack("<Q", len(text)) + text + b"".join(parts))
            """;

    private static final String BY_LIBRARY =
            """
            import sys
            import numpy
            from safetensors.numpy import load_file, save_file
            source, target = sys.argv[1:3]
            arrays = load_file(source)
            assert numpy.isnan(arrays["odd"][0]) and arrays["odd"].dtype == numpy.float32
            save_file(arrays, target)
            """;

    @TempDir
    Path folder;

    /** Arrays of both types, with values that are easily lost. */
    private static Map<String, INDArray> arrays() {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("a.weight", new Init(DataType.FLOAT, 4).normal(1, 7, 3, 2));
        arrays.put("steps", Nd4j.createFromArray(new double[] {3}));
        arrays.put("précis", new Init(DataType.DOUBLE, 4).normal(1, 5));
        float signalling = Float.intBitsToFloat(0x7fc00123);
        arrays.put(
                "odd",
                Nd4j.createFromArray(signalling, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.MAX_VALUE));
        return arrays;
    }

    private int python(String program, Path... files) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("script.py"), program, StandardCharsets.UTF_8);
        List<String> line = new ArrayList<>(List.of(PYTHON, script.toString()));
        for (Path file : files) {
            line.add(file.toString());
        }
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start()
                .waitFor();
    }

    private void goesThereAndBack(String program) throws IOException, InterruptedException {
        // given
        Path here = folder.resolve("here.safetensors");
        Path there = folder.resolve("there.safetensors");
        SafeTensors.write(here, arrays(), Map.of("k", "a test"));
        // when
        int status = python(program, here, there);
        // then
        assertEquals(0, status, Files.readString(folder.resolve("said.txt")));
        SafeTensors.Contents back = SafeTensors.read(there);
        assertEquals(StateDigest.of(arrays()), StateDigest.of(back.tensors()));
        assertTrue(back.metadata().isEmpty());
    }

    @Test
    void aReaderAndWriterOfTheFormatsTextAgree() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no " + PYTHON);
        goesThereAndBack(BY_HAND);
    }

    @Test
    void theFormatsOwnLibraryAgrees() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no " + PYTHON);
        Assumptions.assumeTrue(python("import safetensors.numpy") == 0, "no python3-safetensors");
        goesThereAndBack(BY_LIBRARY);
    }
}
