package slidefield.fit;

/**
 * One step's work: a window of one slide.
 *
 * @param subject the slide
 * @param part the window
 */
record Visit(Subject subject, Part part) {}
