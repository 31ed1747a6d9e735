package slidefield.kernel;

import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** {@code System.out} or {@code System.err} of the cells: UTF-8 bytes become text in the outbox. */
final class CellStream extends OutputStream {
    private final Outbox outbox;
    private final StreamType type;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] cut = new byte[0];

    private CellStream(Outbox outbox, StreamType type) {
        this.outbox = outbox;
        this.type = type;
    }

    /**
     * @param outbox where the text goes
     * @param type standard output or standard error
     * @return a stream whose text leaves at once, without a flush
     */
    static PrintStream open(Outbox outbox, StreamType type) {
        return new PrintStream(new CellStream(outbox, type), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        ByteBuffer input = ByteBuffer.allocate(cut.length + length)
                .put(cut)
                .put(bytes, offset, length)
                .flip();
        CharBuffer text = CharBuffer.allocate(input.remaining() + 1);
        decoder.reset().decode(input, text, false);
        cut = new byte[input.remaining()];
        input.get(cut);
        outbox.print(type, text.flip().toString());
    }
}
