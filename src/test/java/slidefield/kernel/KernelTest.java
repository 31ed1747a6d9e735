package slidefield.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as a front end sees it, through jupyter_client: one session of cells, judged one by one. */
@Tag("alone")
class KernelTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = "slidefield/kernel/kernel_check.py";

    @TempDir
    static Path jupyter;

    private static JsonNode session;

    @BeforeAll
    static void oneSession() throws Exception {
        JupyterTool.assumeJupyter();
        JupyterTool.writeKernelspec(jupyter);
        ArrayNode cells = JSON.createArrayNode();
        cell(cells, "early", "while (true) { }", 0.2);
        cell(cells, "value", "int a = 3;\nint b = a * 2; // twice\na + b");
        cell(cells, "semicolon", "a + b;");
        cell(cells, "print", "System.out.println(\"grüße\"); System.err.print(\"oops\");");
        cell(cells, "many", "for (int i = 0; i < 5000; i++) System.out.println(i);");
        cell(cells, "array", "new double[] {1, 2.5}");
        cell(cells, "library", "import slidefield.io.*;\nnew InputException(\"expected a slide\").getMessage()");
        cell(
                cells,
                "image",
                "var image = new java.awt.image.BufferedImage(5, 4, java.awt.image.BufferedImage.TYPE_INT_RGB);\n"
                        + "for (int i = 0; i < 20; i++) image.setRGB(i % 5, i / 5, i * 0x0b0d07);\ndisplay(image);");
        cell(cells, "update", "String id = display(\"<b>one</b>\", \"text/html\"); updateDisplay(id, \"two\");");
        cell(cells, "compile", "int fine = 1;\nString s = \"x\";\nint wrong = s.lengthy() + 1;");
        cell(cells, "incomplete", "for (int i = 0; i < 3; i++) {");
        cell(
                cells,
                "cause",
                "void deep(int i) {\n  if (i == 0) throw new IllegalStateException(\"outer\", new RuntimeException(\"inner\"));"
                        + "\n  deep(i - 1);\n}\n\ndeep(1);");
        cell(cells, "memory", "long[] big = new long[Integer.MAX_VALUE];");
        cell(cells, "daemon", "new Thread(() -> { try { Thread.sleep(60000); } catch (Exception e) { } }).start();");
        cell(cells, "loop", "while (true) { }", 0.7);
        cell(cells, "afterLoop", "2 + 2");
        cell(cells, "sleep", "Thread.sleep(60000);", 0.7);
        cell(cells, "stubborn", "while (true) { try { Thread.sleep(50); } catch (InterruptedException e) { } }", 0.7);
        cell(cells, "printing", "while (true) System.out.print(\"x\");", 0.7);
        cell(cells, "lambda", "Stream.iterate(1, i -> i + 1).filter(i -> i < 0).limit(1).count()", 0.7);
        cell(cells, "halfCharacter", "System.out.write(0xC3);");
        cell(
                cells,
                "otherStream",
                "var shown = System.out; System.setOut(new PrintStream(new ByteArrayOutputStream()));");
        cell(cells, "elsewhere", "System.out.print(\"lost\"); System.setOut(shown);");
        cell(cells, "afterAll", "System.out.print(\"alive\"); int kept = 7; kept");
        JupyterTool.Outcome outcome = JupyterTool.python(cells.toString(), jupyter, SCRIPT, "cells");
        assertEquals(0, outcome.status(), outcome.err());
        session = JSON.readTree(outcome.out());
        assertFalse(outcome.err().contains("WARNING"), "the kernel's console is quiet: " + outcome.err());
    }

    private static void cell(ArrayNode cells, String name, String code) {
        cells.addObject().put("name", name).put("code", code);
    }

    private static void cell(ArrayNode cells, String name, String code, double interruptAfter) {
        cells.addObject().put("name", name).put("code", code).put("interrupt_after", interruptAfter);
    }

    @Test
    void lastExpressionIsShownUnlessItEndsInASemicolon() {
        assertEquals(
                "9", only("value", "execute_result").at("/data/text~1plain").asText());
        assertEquals(
                "[1.0, 2.5]",
                only("array", "execute_result").at("/data/text~1plain").asText());
        assertEquals(0, session.at("/semicolon/outputs").size());
    }

    @Test
    void printsArriveWholeAndInFewMessages() {
        assertEquals("grüße\n", text("print", "stdout"));
        assertEquals("oops", text("print", "stderr"));
        assertEquals(5000, text("many", "stdout").lines().count());
        assertTrue(outputs("many", "stream").size() < 100, "5000 prints must be few messages");
    }

    @Test
    void libraryIsOnTheClassPathOfCells() {
        assertEquals(
                "expected a slide",
                only("library", "execute_result").at("/data/text~1plain").asText());
    }

    @Test
    void imagesAreWholePngs() throws Exception {
        String base64 = only("image", "display_data").at("/data/image~1png").asText();
        var decoded = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        for (int i = 0; i < 20; i++) {
            assertEquals(i * 0x0b0d07 & 0xffffff, decoded.getRGB(i % 5, i / 5) & 0xffffff);
        }
    }

    @Test
    void displaysAreUpdatedById() {
        JsonNode shown = only("update", "display_data");
        JsonNode updated = only("update", "update_display_data");
        assertEquals("<b>one</b>", shown.at("/data/text~1html").asText());
        assertEquals("two", updated.at("/data/text~1plain").asText());
        assertEquals(shown.at("/transient/display_id"), updated.at("/transient/display_id"));
    }

    @Test
    void compileErrorsShowTheLineOfTheCellAndACaret() {
        String report = error("compile");
        assertTrue(report.contains("line 3"), report);
        assertTrue(report.contains("int wrong = s.lengthy() + 1;"), report);
        assertTrue(report.contains("^"), report);
        assertTrue(error("incomplete").contains("line 1"));
    }

    @Test
    void exceptionsShowEveryCauseAndLinesOfTheCell() {
        String report = error("cause");
        assertTrue(report.contains("IllegalStateException: outer"), report);
        assertTrue(report.contains("Caused by java.lang.RuntimeException: inner"), report);
        assertTrue(report.contains("deep (cell 12, line 2)"), report);
        assertTrue(report.contains("cell 12, line 6"), report);
        assertFalse(report.contains("jdk.jshell") || report.contains("CellExecution"), report);
        assertTrue(error("memory").contains("OutOfMemoryError"));
    }

    @Test
    void interruptsStopTheCellWithinTwoSecondsAndTheNextOneRuns() {
        for (String name : List.of("loop", "sleep", "stubborn", "printing", "lambda")) {
            assertEquals("error", session.at("/" + name + "/status").asText(), name);
            double seconds = session.at("/" + name + "/seconds").asDouble();
            assertTrue(seconds < 2, name + " took " + seconds + " s to stop");
            assertTrue(error(name).contains("Interrupted"), name);
            assertFalse(error(name).contains("background"), name + " was left behind");
        }
        assertEquals(
                "4", only("afterLoop", "execute_result").at("/data/text~1plain").asText());
        assertEquals("alive", text("afterAll", "stdout"));
    }

    @Test
    void whatAStoppedPrintLeavesInItsStreamIsNotThePrintOfTheNextCell() {
        assertEquals("", text("halfCharacter", "stdout"));
        assertEquals("alive", text("afterAll", "stdout"));
    }

    @Test
    void streamsThatACellPutsInPlaceStayForTheNext() {
        assertEquals("", text("elsewhere", "stdout"));
    }

    @Test
    void completionInspectionAndIsCompleteAnswer() {
        List<String> matches = new ArrayList<>();
        session.at("/complete/matches").forEach(match -> matches.add(match.asText()));
        assertTrue(matches.contains("substring("), matches.toString());
        assertEquals(20, session.at("/complete/cursor_start").asInt());
        assertTrue(session.at("/inspect/data/text~1plain").asText().contains("int Math.max(int a, int b)"));
        assertEquals("[\"incomplete\",\"complete\"]", session.at("/is_complete").toString());
    }

    @Test
    void cellsQueuedBehindAnErrorAreAborted() {
        assertEquals("[\"ok\",\"error\",\"aborted\"]", session.at("/queue").toString());
    }

    @Test
    void cellsCanReadALine() {
        assertEquals("5", session.at("/input/0/data/text~1plain").asText());
    }

    @Test
    void restartForgetsAndShutdownLeavesNoProcess() {
        assertEquals("error", session.at("/restarted/status").asText());
        assertEquals(
                "3",
                only("restarted_next", "execute_result").at("/data/text~1plain").asText());
        assertTrue(
                session.at("/gone/seconds").asDouble() < 5, session.at("/gone").toString());
        assertFalse(session.at("/gone/alive").asBoolean());
    }

    @Test
    void anInterruptWhileJShellStillStartsIsNotLost() {
        assertTrue(error("early").contains("Interrupted"), error("early"));
        assertTrue(
                session.at("/early/seconds").asDouble() < 20,
                session.at("/early").toString());
    }

    @Test
    void interruptSignalsStopTheCellAndNotTheKernel() {
        assertTrue(
                session.at("/signal/outputs/0/ename").asText().equals("Interrupted"),
                session.at("/signal").toString());
        assertTrue(session.at("/signal/seconds").asDouble() < 2);
        assertEquals(
                "5",
                only("after_signal", "execute_result").at("/data/text~1plain").asText());
    }

    @Test
    void kernelEndsWhenItsFrontEndDies() throws Exception {
        JupyterTool.Outcome outcome = JupyterTool.python("", jupyter, SCRIPT, "orphan");
        assertEquals("{\"was_alive\": true, \"gone\": true}", outcome.out().strip(), outcome.err());
    }

    @Test
    void threeStartsOfThree() throws Exception {
        everyStartWorks(3);
    }

    @Test
    @Tag("long")
    void thirtyStartsOfThirty() throws Exception {
        everyStartWorks(30);
    }

    private static void everyStartWorks(int count) throws Exception {
        JupyterTool.Outcome outcome = JupyterTool.python("", jupyter, SCRIPT, "starts", String.valueOf(count));
        assertEquals(0, outcome.status(), outcome.err());
        JsonNode starts = JSON.readTree(outcome.out());
        assertEquals(count, starts.size());
        for (JsonNode start : starts) {
            assertEquals("42", start.path("value").asText(), start.toString());
            assertTrue(start.path("gone").isNumber(), start.toString());
        }
    }

    private static List<JsonNode> outputs(String name, String type) {
        List<JsonNode> found = new ArrayList<>();
        session.at("/" + name + "/outputs").forEach(output -> {
            if (output.path("type").asText().equals(type)) {
                found.add(output);
            }
        });
        return found;
    }

    private static JsonNode only(String name, String type) {
        List<JsonNode> found = outputs(name, type);
        assertEquals(1, found.size(), () -> name + ": " + session.path(name));
        return found.get(0);
    }

    private static String text(String name, String stream) {
        StringBuilder text = new StringBuilder();
        outputs(name, "stream").stream()
                .filter(output -> output.path("name").asText().equals(stream))
                .forEach(output -> text.append(output.path("text").asText()));
        return text.toString();
    }

    private static String error(String name) {
        StringBuilder report = new StringBuilder();
        only(name, "error").path("traceback").forEach(line -> report.append(line.asText())
                .append('\n'));
        return report.toString().replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
