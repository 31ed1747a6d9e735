package slidefield.swipe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The numbers that NIfTI-1 stores voxels as, by its {@code datatype} code. */
enum NiftiNumber {
    UINT8(2, 1) {
        @Override
        double read(ByteBuffer from) {
            return from.get() & 0xFF;
        }
    },
    INT16(4, 2) {
        @Override
        double read(ByteBuffer from) {
            return from.getShort();
        }
    },
    INT32(8, 4) {
        @Override
        double read(ByteBuffer from) {
            return from.getInt();
        }
    },
    FLOAT32(16, 4) {
        @Override
        double read(ByteBuffer from) {
            return from.getFloat();
        }
    },
    FLOAT64(64, 8) {
        @Override
        double read(ByteBuffer from) {
            return from.getDouble();
        }
    },
    INT8(256, 1) {
        @Override
        double read(ByteBuffer from) {
            return from.get();
        }
    },
    UINT16(512, 2) {
        @Override
        double read(ByteBuffer from) {
            return from.getShort() & 0xFFFF;
        }
    },
    UINT32(768, 4) {
        @Override
        double read(ByteBuffer from) {
            return from.getInt() & 0xFFFFFFFFL;
        }
    },
    INT64(1024, 8) {
        @Override
        double read(ByteBuffer from) {
            return from.getLong();
        }
    },
    UINT64(1280, 8) {
        @Override
        double read(ByteBuffer from) {
            long value = from.getLong();
            return value >= 0 ? value : (value >>> 1) * 2.0;
        }
    };

    private final int code;
    private final int bytes;

    NiftiNumber(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Bytes of one voxel. */
    int bytes() {
        return bytes;
    }

    /** The number of a code, or null if it is none that can be read. */
    static NiftiNumber of(int code) {
        return Arrays.stream(values()).filter(n -> n.code == code).findFirst().orElse(null);
    }

    /** All codes with their names, for messages. */
    static String codes() {
        return Arrays.stream(values())
                .map(n -> n.code + " " + n.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** The next number of a buffer in its byte order. */
    abstract double read(ByteBuffer from);
}
