package slidefield.experiment;

/** An experiment on compressed slides: encoders learn from a second data set and compress the first. */
interface NicSlideExperiment extends SlideExperiment {
    @Override
    default SecondSet second() {
        return SecondSet.ENCODERS;
    }

    /** The paper's number of initialisations, two; one in a trial. */
    @Override
    default int seeds(Size size) {
        return size == Size.QUICK ? 1 : 2;
    }
}
