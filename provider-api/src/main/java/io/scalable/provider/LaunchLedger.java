package io.scalable.provider;

import io.scalable.contracts.worker.Launch;
import java.util.Collection;
import java.util.List;

/**
 * Remembers across restarts which workers a provider intended, so that none is started twice or
 * lost. Used by one thread.
 */
public interface LaunchLedger {

    /** The newest entry of every worker that is not forgotten, read to the ledger's end. */
    Collection<Launch> read();

    /**
     * Writes entries and returns once they are durable.
     *
     * @throws LedgerUnavailableException if any may not have been written; the backend must not be
     *     called then
     */
    void write(List<Launch> launches);

    /**
     * Forgets workers of which nothing is left.
     *
     * @throws LedgerUnavailableException if that may not have been written
     */
    void forget(List<String> workerIds);
}
