package energy.model;

/** A model that learns one value at a time. Mutable, for one pass over one series. */
interface Filter {

    /** The next value, as far as is known. */
    double predict();

    /** Takes the next value in. */
    void learn(double value);
}
