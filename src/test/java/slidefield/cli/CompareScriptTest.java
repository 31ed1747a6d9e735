package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.kernel.JupyterTool;

/** environment/compare with a peer and a slidefield that answer as they are told. */
class CompareScriptTest {
    /** Channels-last takes 90, 80, 130 ms in rounds 1 to 3, the other layout 100 always; the mode seg half of all. */
    private static final String PEER =
            """
            import json, pathlib, sys
            words = dict(zip(sys.argv[1::2], sys.argv[2::2]))
            layout, mode = words['--channels-last'], words['--modes']
            file = pathlib.Path(__file__).with_name(f'peer-{layout}-{mode}')
            file.write_text(file.read_text() + '.' if file.exists() else '.')
            ms = [90, 80, 130][len(file.read_text()) - 1] if layout == '1' else 100
            half = 2 if mode == 'seg' else 1
            with open(pathlib.Path(__file__).with_name('order'), 'a') as order:
                print('peer', *sys.argv[1:], file=order)
            print(json.dumps(dict(peer='torch 9', mode=mode, ms=ms / half, px_per_s=1)))
            """;

    /** 40.5, 50.5, 50.5 ms in calls 1 to 3 of a mode; the machine's best is seen in the first call for infer. */
    private static final String SLIDEFIELD =
            """
            #!/bin/sh
            here="$(dirname "$0")"
            echo "slidefield $*" >> "$here/order"
            mode="$(echo "$*" | sed 's/.*--modes peak,\\([a-z]*\\).*/\\1/')"
            echo . >> "$here/own-$mode"
            ms=50; [ "$(wc -l < "$here/own-$mode")" -eq 1 ] && ms=40
            peak=200; [ $ms$mode = 40infer ] && peak=250
            echo 'a line that is no result'
            echo '{"mode":"peak","gflops":'$peak'.0,"gb_per_s":20.0}'
            echo '{"mode":"'$mode'","kernels":"fast 1","ms":'$ms'.5,"gflops":100.0,"peak_rss_mb":300,"share":0.5}'
            """;

    @TempDir
    Path folder;

    private Path peer;
    private Path own;
    private Path table;

    @BeforeEach
    void given() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "/usr/bin/python3 is missing");
        peer = Files.writeString(folder.resolve("peer.py"), PEER);
        own = Files.writeString(folder.resolve("slidefield"), SLIDEFIELD);
        assertTrue(own.toFile().setExecutable(true));
        table = folder.resolve("out/compare.csv");
        // only looked for, never loaded
        Files.writeString(folder.resolve("torch.py"), "raise ImportError('not here')");
    }

    private JupyterTool.Outcome compare(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "SLIDEFIELD_PEER=" + peer,
                "PYTHONPATH=" + folder,
                "environment/compare",
                "--slidefield",
                own.toString(),
                "--out",
                table.toString()));
        command.addAll(List.of(options));
        return JupyterTool.run("", folder, command);
    }

    @Test
    void theRatioIsThatOfTheMediansWithThePeersBetterLayout() throws Exception {
        // when
        JupyterTool.Outcome outcome = compare("--rounds", "3", "--steps", "7", "--modes", "infer,seg");
        // then the medians are 90 ms (channels-last) and 50.5 ms
        assertEquals(0, outcome.status(), outcome.err());
        List<String> lines = Files.readAllLines(table);
        assertEquals(
                "preset,precision,mode,rounds,steps,threads,peer,peer_layout,peer_ms,slidefield_ms,ratio,ratio_min,"
                        + "ratio_max,share,peak_gflops,peak_rss_mb",
                lines.get(0));
        assertEquals(3, lines.size());
        String infer = lines.get(1).replaceFirst("7,\\d+,", "7,N,");
        assertEquals("teaching,f32,infer,3,7,N,torch 9,channels-last,90.0,50.5,1.782,1.584,2.574,0.4,250.0,300", infer);
        assertTrue(
                lines.get(2).contains("seg") && lines.get(2).contains(",0.891,0.792,1.287,0.4,250.0,"), lines.get(2));
        assertTrue(outcome.out().contains("1.58 to 2.57"), outcome.out());
    }

    @Test
    void bothSidesTakeTurnsOnTheSameWork() throws Exception {
        // when
        assertEquals(
                0,
                compare("--rounds", "2", "--steps", "3", "--modes", "ito", "--precision", "bf16", "--preset", "paper")
                        .status());
        // then the second round runs backwards
        List<String> order = Files.readAllLines(folder.resolve("order"));
        assertEquals(6, order.size());
        assertTrue(order.get(0).startsWith("peer --preset paper --modes ito --steps 3"), order.toString());
        assertTrue(order.get(0).endsWith("--channels-last 1 --bf16 1"), order.toString());
        String ours = "slidefield bench --preset paper --modes peak,ito --steps 3 --precision bf16";
        assertEquals(List.of(ours, ours), List.of(order.get(1), order.get(4)));
        assertTrue(order.get(2).contains("--channels-last 0") && order.get(3).contains("--channels-last 0"));
        assertTrue(order.get(5).contains("--channels-last 1"));
    }

    @Test
    void rowsOfOtherModesStayInTheTable() throws Exception {
        // given
        compare("--rounds", "1", "--modes", "recon,ito");
        // when
        compare("--rounds", "2", "--modes", "ito");
        // then
        List<String> lines = Files.readAllLines(table);
        assertEquals(3, lines.size(), lines.toString());
        assertTrue(lines.get(1).startsWith("teaching,f32,recon,1,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("teaching,f32,ito,2,"), lines.get(2));
    }

    /** The peer takes 80 ms and 20 ms, with contiguous layout 100 and 10; slidefield 50 and 40. */
    private void givenSwipe(int parameters) throws IOException {
        Files.writeString(
                folder.resolve("rivals.py"),
                """
                import json, pathlib, sys
                with open(pathlib.Path(__file__).with_name('order'), 'a') as order:
                    print('peer', *sys.argv[1:], file=order)
                last = sys.argv[sys.argv.index('--channels-last') + 1] == '1'
                for mode, ms in dict(train=80 if last else 100, predict=20 if last else 10).items():
                    print(json.dumps(dict(peer='torch 9', mode=mode, ms=ms, batch=2, points=9, size=64, parameters=7)))
                """);
        Files.writeString(
                own,
                """
                #!/bin/sh
                echo "slidefield $*" >> "$(dirname "$0")/order"
                same='"batch":2,"points":9,"size":64,"parameters":%d,"kernels":"fast 1","peak_rss_mb":300'
                echo '{"mode":"train","ms":50.0,'"$same"'}'
                echo '{"mode":"predict","ms":40.0,'"$same"'}'
                """
                        .formatted(parameters));
    }

    @Test
    void swipeAndItsRivalsAreComparedWithTheirPeers() throws Exception {
        // given
        givenSwipe(7);
        // when
        JupyterTool.Outcome outcome = compare(
                ("--swipe unet-teaching --rounds 2 --steps 3 --batch 2 --image-size 64 --peers " + folder).split(" "));
        // then each mode has its own better layout
        assertEquals(0, outcome.status(), outcome.err());
        List<String> lines = Files.readAllLines(table);
        assertEquals(
                "network,mode,batch,points,size,parameters,rounds,steps,threads,peer,peer_layout,peer_ms,slidefield_ms,"
                        + "ratio,ratio_min,ratio_max,peak_rss_mb",
                lines.get(0));
        assertEquals(
                "unet-teaching,train,2,9,64,7,2,3,N,torch 9,channels-last,80,50.0,1.6,1.6,1.6,300",
                lines.get(1).replaceFirst(",3,\\d+,", ",3,N,").replace("80.0", "80"));
        assertTrue(lines.get(2).contains(",contiguous,10"), lines.get(2));
        assertTrue(lines.get(2).endsWith(",0.25,0.25,0.25,300"), lines.get(2));
        List<String> order = Files.readAllLines(folder.resolve("order"));
        assertEquals(6, order.size());
        assertTrue(
                order.get(0).startsWith("peer --network unet-teaching --time --steps 3 --threads"), order.toString());
        assertTrue(order.get(0).endsWith("--channels-last 1 --batch 2 --size 64"), order.toString());
        assertEquals("slidefield bench --swipe unet-teaching --steps 3 --batch 2 --image-size 64", order.get(1));
        assertTrue(order.get(3).contains("--channels-last 0"), "the second round runs backwards");
    }

    @Test
    void otherWorkIsNotCompared() throws Exception {
        givenSwipe(8);

        JupyterTool.Outcome outcome = compare(("--swipe unet-teaching --rounds 1 --peers " + folder).split(" "));

        assertEquals(1, outcome.status());
        assertTrue(
                outcome.err().contains("the peer's parameters is 7 and slidefield's 8: not the same work"),
                outcome.err());
        assertFalse(Files.exists(table));
    }

    @Test
    void whatIsMissingOrFailsIsSaidInOneLine() throws Exception {
        // a broken slidefield
        Files.writeString(own, "#!/bin/sh\necho 'a trace' >&2; echo 'slidefield: no such preset' >&2; exit 1\n");
        JupyterTool.Outcome broken = compare("--rounds", "1", "--modes", "ito");
        assertEquals(1, broken.status());
        assertTrue(
                broken.err().strip().endsWith("slidefield failed with status 1: slidefield: no such preset"),
                broken.err());
        assertFalse(Files.exists(table));
        // no peer
        Files.delete(peer);
        JupyterTool.Outcome absent = compare();
        assertEquals(1, absent.status());
        assertEquals(1, absent.err().lines().count(), absent.err());
        assertTrue(absent.err().contains("SLIDEFIELD_PEER"), absent.err());
        // no PyTorch: -S leaves out what Debian installs
        Files.writeString(peer, PEER);
        JupyterTool.Outcome bare = JupyterTool.run(
                "",
                folder,
                List.of(
                        "env",
                        "SLIDEFIELD_PEER=" + peer,
                        "/usr/bin/python3",
                        "-S",
                        "environment/compare.py",
                        "--root",
                        "."));
        assertEquals(1, bare.status());
        assertEquals(
                "compare: the peer needs PyTorch: apt-get install python3-torch",
                bare.err().strip());
        // a mode that the peer does not have
        JupyterTool.Outcome unknown = compare("--modes", "encode");
        assertEquals(2, unknown.status());
        assertTrue(unknown.err().contains("unknown mode 'encode'"), unknown.err());
    }
}
