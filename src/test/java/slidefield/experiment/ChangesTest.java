package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import slidefield.fit.Settings;
import slidefield.io.InputException;

class ChangesTest {
    private static final Changes CHANGES =
            new Changes(List.of("ito.epochs=7", " patch.training.epochs=3", "unet.network.base=4", "sweep.epochs=2"));

    @Test
    void everyKeyGoesToItsGroup() {
        Settings settings = CHANGES.on(Settings.preset("teaching"));

        assertEquals(7, settings.ito().epochs());
        assertEquals(List.of("training.epochs=3", "network.base=4"), CHANGES.of(Changes.PATCH, Changes.UNET));
        assertEquals(
                new SweepOptions(2, 1, 4, Integer.MAX_VALUE),
                SweepOptions.of(Size.QUICK).with(CHANGES.of(Changes.SWEEP)));
    }

    @Test
    void whatWouldChangeNothingIsRefused() {
        CHANGES.require("all", true, Set.of(Changes.PATCH, Changes.UNET, Changes.SWEEP));

        InputException noField = assertThrows(
                InputException.class,
                () -> CHANGES.require("mrn", false, Set.of(Changes.PATCH, Changes.UNET, Changes.SWEEP)));
        InputException noSweep = assertThrows(
                InputException.class, () -> CHANGES.require("table", true, Set.of(Changes.PATCH, Changes.UNET)));

        assertTrue(noField.getMessage().contains("ito.epochs=7"), noField.getMessage());
        assertTrue(noSweep.getMessage().contains("sweep.epochs=2"), noSweep.getMessage());
    }

    @Test
    void theSweepNamesItsOptions() {
        SweepOptions sweep = SweepOptions.of(Size.NORMAL);

        InputException unknown = assertThrows(InputException.class, () -> sweep.with(List.of("levels=3")));
        assertTrue(unknown.getMessage().contains("sweep.every"), unknown.getMessage());
        assertThrows(InputException.class, () -> sweep.with(List.of("epochs=many")));
        assertThrows(InputException.class, () -> sweep.with(List.of("epochs=0")));
        assertThrows(InputException.class, () -> sweep.with(List.of("epochs")));
    }
}
