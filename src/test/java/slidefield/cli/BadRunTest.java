package slidefield.cli;

import static slidefield.cli.CommandLineFixture.tiny;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Run folders, checkpoints and weights that cannot be used. */
class BadRunTest extends FailingCommands {
    static Stream<Case> folders() {
        return Stream.of(
                fails("RUN exists", at -> List.of("train", manifest, "--out", run, tiny()), "--resume", "--force"),
                fails(
                        "RUN holds something else",
                        at -> List.of(
                                "train",
                                manifest,
                                "--out",
                                file(at.resolve("x/notes.txt"), "mine").getParent(),
                                tiny()),
                        "no run folder",
                        "--out"),
                fails(
                        "RUN holds another config.yaml, and is forced",
                        at -> List.of(
                                "train",
                                manifest,
                                "--out",
                                file(at.resolve("x/config.yaml"), "a: 1").getParent(),
                                "--force",
                                tiny()),
                        "no run folder",
                        "--out"),
                fails(
                        "RUN is a file",
                        at -> List.of("train", manifest, "--out", file(at.resolve("x"), "mine"), tiny()),
                        "not a folder"),
                fails(
                        "RUN below a file",
                        at -> List.of(
                                "train",
                                manifest,
                                "--out",
                                file(at.resolve("x"), "mine").resolve("run"),
                                tiny()),
                        "not a folder"),
                fails("nothing to resume", at -> resume(at.resolve("x")), "no run to resume"),
                fails(
                        "resume another folder",
                        at -> resume(file(at.resolve("x/notes.txt"), "mine").getParent()),
                        "no run folder"),
                fails("no run", at -> segment(at.resolve("x"), slide, at), "no run folder", "train"),
                fails(
                        "not trained to the end",
                        at -> segment(run(at, r -> delete(r.resolve("field.safetensors"))), slide, at),
                        "--resume"),
                fails(
                        "run's manifest is gone",
                        at -> segment(run(at, r -> delete(r.resolve("manifest.yaml"))), slide, at),
                        "manifest.yaml"),
                fails(
                        "larger in config",
                        at -> segment(
                                run(at, r -> edit(r.resolve("config.yaml"), "levels: 4", "levels: 5")), slide, at),
                        "field.safetensors",
                        "other settings"),
                fails(
                        "smaller in config",
                        at -> segment(
                                run(at, r -> edit(r.resolve("config.yaml"), "stages: 1", "stages: 2")), slide, at),
                        "field.safetensors",
                        "other settings"),
                fails(
                        "fewer in config",
                        at -> segment(
                                run(at, r -> edit(r.resolve("config.yaml"), "branch: \"RELU\"", "branch: \"SINE\"")),
                                slide,
                                at),
                        "field.safetensors",
                        "other settings"),
                fails(
                        "no number in config",
                        at -> segment(
                                run(at, r -> edit(r.resolve("config.yaml"), "levels: 4", "levels: many")), slide, at),
                        "config.yaml",
                        "many"),
                fails(
                        "config empty",
                        at -> segment(run(at, r -> file(r.resolve("config.yaml"), "")), slide, at),
                        "config.yaml"),
                fails(
                        "weights empty",
                        at -> segment(
                                run(at, r -> cut(r.resolve("field.safetensors"), r.resolve("field.safetensors"), 0)),
                                slide,
                                at),
                        "field.safetensors"),
                fails(
                        "weights truncated",
                        at -> segment(
                                run(at, r -> cut(r.resolve("field.safetensors"), r.resolve("field.safetensors"), 0.7)),
                                slide,
                                at),
                        "field.safetensors"),
                fails(
                        "weights damaged",
                        at -> segment(
                                run(at, r -> file(r.resolve("field.safetensors"), "not safetensors at all")),
                                slide,
                                at),
                        "field.safetensors"),
                fails(
                        "checkpoint empty",
                        at -> resume(run(at, r -> file(r.resolve("checkpoint.json"), ""))),
                        "checkpoint.json"),
                fails(
                        "checkpoint without anything",
                        at -> resume(run(at, r -> file(r.resolve("checkpoint.json"), "{}"))),
                        "checkpoint.json"),
                fails(
                        "checkpoint cut",
                        at -> resume(
                                run(at, r -> cut(r.resolve("checkpoint.json"), r.resolve("checkpoint.json"), 0.5))),
                        "checkpoint.json"),
                fails(
                        "checkpoint without phase",
                        at -> resume(run(at, r -> edit(r.resolve("checkpoint.json"), "\"RECONSTRUCTION\"", "null"))),
                        "checkpoint.json"),
                fails(
                        "checkpoint names a path",
                        at -> resume(run(at, r -> edit(r.resolve("checkpoint.json"), "checkpoint-4.", "../x-4."))),
                        "checkpoint.json"),
                fails(
                        "checkpoint's arrays gone",
                        at -> resume(run(at, r -> delete(r.resolve("checkpoint-4.safetensors")))),
                        "checkpoint-4.safetensors"),
                fails(
                        "checkpoint's arrays cut",
                        at -> resume(run(
                                at,
                                r -> cut(
                                        r.resolve("checkpoint-4.safetensors"),
                                        r.resolve("checkpoint-4.safetensors"),
                                        0.7))),
                        "checkpoint-4.safetensors"),
                fails(
                        "checkpoint of other slides",
                        at -> List.of("train", withTruth(at, TISSUE, TRUTH), "--out", run, "--resume"),
                        "phantom_01",
                        "same manifest"),
                fails(
                        "--out is a file",
                        at -> List.of("segment", run, slide, "--out", file(at.resolve("f"), "mine")),
                        "not a folder"),
                fails(
                        "--out cannot be made",
                        at -> List.of("segment", run, slide, "--out", "/proc/none/out"),
                        "/proc/none/out"));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void oneLineSaysWhatIsWrongAndNothingIsLost(Case wrong) {
        check(wrong);
    }
}
