package io.scalable.client.run;

/**
 * What keeps a run from going on.
 *
 * @param text what is wrong and what to do, for people
 * @param kind what can still be done about the run
 */
record RunProblem(String text, Kind kind) {

    enum Kind {
        /** The run's deployment is ended in order; what succeeded is on record. */
        ENDS,
        /** Nothing more can be written or said: all is left as it is, to be gone on with. */
        CUT_OFF,
        /** The folder is gone, or somebody else's: it is not touched any more. */
        LOST
    }
}
