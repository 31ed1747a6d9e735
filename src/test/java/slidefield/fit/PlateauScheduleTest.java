package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlateauScheduleTest {
    private static final PlateauSchedule TENTHS = PlateauSchedule.tenths(1e-2, 2);

    @Test
    void keepsTheRateWhileTheValidationGetsBetter() {
        assertEquals(1e-2, TENTHS.rateAfter(List.of()));
        assertEquals(1e-2, TENTHS.rateAfter(List.of(3.0, 2.0, 2.0, 1.0, 1.5)));
    }

    @Test
    void lowersItAfterPatienceEqualOrWorseOnes() {
        assertEquals(1e-3, TENTHS.rateAfter(List.of(3.0, 3.0, 4.0)), 1e-18);
        assertEquals(1e-3, TENTHS.rateAfter(List.of(3.0, 3.0, 4.0, 4.0)), 1e-18);
        assertEquals(1e-4, TENTHS.rateAfter(List.of(3.0, 3.0, 4.0, 4.0, 4.0)), 1e-18);
        // a new best in between begins the count anew
        assertEquals(1e-3, TENTHS.rateAfter(List.of(3.0, 3.0, 4.0, 4.0, 2.0, 4.0)), 1e-18);
    }

    @Test
    void stopsAtTheFloorAndSaysWhenNothingComesAnyMore() {
        List<Double> losses = new ArrayList<>(List.of(1.0));
        for (int i = 0; i < 6; i++) {
            losses.add(1.0);
        }
        assertEquals(1e-5, TENTHS.rateAfter(losses), 1e-18);
        assertFalse(TENTHS.exhausted(losses));
        losses.add(1.0);
        assertFalse(TENTHS.exhausted(losses));
        losses.add(1.0);
        assertEquals(1e-5, TENTHS.rateAfter(losses), 1e-18);
        assertTrue(TENTHS.exhausted(losses));
        losses.add(0.5);
        assertFalse(TENTHS.exhausted(losses));
    }

    @Test
    void waitsOutTheCooldown() {
        PlateauSchedule module = new PlateauSchedule(1, 0.5, 1, 2, 0.125);
        assertEquals(0.5, module.rateAfter(List.of(1.0, 1.0)));
        // first of two after the lowering: not counted; at the second the cooldown is over and it counts
        assertEquals(0.5, module.rateAfter(List.of(1.0, 1.0, 1.0)));
        assertEquals(0.25, module.rateAfter(List.of(1.0, 1.0, 1.0, 1.0)));
    }

    @Test
    void takesTheValidationsAmongReports() {
        List<EpochReport> reports = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            reports.add(new EpochReport(Phase.PATCHES, "", epoch, 1.0 / epoch, 1, 0));
            reports.add(new EpochReport(Phase.VALIDATION, "", epoch, 2, 1, 0));
        }
        assertEquals(1e-3, TENTHS.rateAfterEpochs(reports), 1e-18);
        assertFalse(TENTHS.exhaustedAfterEpochs(reports));
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThrows(IllegalArgumentException.class, () -> new PlateauSchedule(0, 0.1, 1, 0, 1e-5));
        assertThrows(IllegalArgumentException.class, () -> new PlateauSchedule(1, 1, 1, 0, 1e-5));
        assertThrows(IllegalArgumentException.class, () -> new PlateauSchedule(1, 0, 1, 0, 1e-5));
        assertThrows(IllegalArgumentException.class, () -> new PlateauSchedule(1, 0.1, 0, 0, 1e-5));
        assertThrows(IllegalArgumentException.class, () -> new PlateauSchedule(1, 0.1, 1, -1, 1e-5));
        assertThrows(IllegalArgumentException.class, () -> new PlateauSchedule(1, 0.1, 1, 0, 2));
    }
}
