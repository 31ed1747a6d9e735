package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import slidefield.io.InputException;

class HeapRoomTest {
    @Test
    void whatIsHeldTogetherStaysBelowTheLimit() {
        HeapRoom room = new HeapRoom(100);
        assertTrue(room.take(60));
        assertFalse(room.take(41));
        assertTrue(room.take(40));
        assertEquals(100, room.held());
        room.give(60);
        assertTrue(room.take(60));
    }

    @Test
    void roomOfWhatNobodyUsesAnyMoreIsFoundAgain() {
        // given
        HeapRoom room = new HeapRoom(100);
        assertTrue(room.take(80));
        Object holder = new Object();
        room.giveAfter(holder, 80);
        assertFalse(room.take(50), "while it is used");
        WeakReference<Object> gone = new WeakReference<>(holder);
        // when
        holder = null;
        boolean found = false;
        for (int i = 0; i < 100 && !found; i++) {
            found = room.takeCollecting(50);
        }
        // then
        assertTrue(found, "collected: " + (gone.get() == null));
        assertFalse(room.takeCollecting(101), "never");
    }

    @Test
    void whatTheHeapCannotHoldIsRefusedWithBothSizesAndWhatToDo() {
        HeapRoom.require("a prediction", 80, 100);
        String said = assertThrows(
                        InputException.class,
                        () -> HeapRoom.require("a prediction of 9 x 9 pixels", 3L << 30, 1L << 30))
                .getMessage();
        for (String part : new String[] {"9 x 9", "3072 MB", "1024 MB", "--resolution", "SLIDEFIELD_HEAP=7g"}) {
            assertTrue(said.contains(part), part + " in: " + said);
        }
        assertEquals(1, said.lines().count());
    }
}
