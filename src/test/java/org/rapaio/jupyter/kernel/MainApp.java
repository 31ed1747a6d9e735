package org.rapaio.jupyter.kernel;

/** Stands where Rapaio's class of this name stands; no kernel runs unless a test sets it. */
public final class MainApp {
    /** The fake kernel, or null. */
    public static volatile Object kernel;

    private MainApp() {}
}
