package io.scalable.provider;

import io.scalable.contracts.worker.Launch;
import java.util.Collection;
import java.util.List;

/** A ledger that cannot be written. */
final class BrokenLedger implements LaunchLedger {

    @Override
    public Collection<Launch> read() {
        return List.of();
    }

    @Override
    public void write(List<Launch> launches) {
        throw new LedgerUnavailableException("the ledger cannot be written", null);
    }

    @Override
    public void forget(List<String> workerIds) {
        throw new LedgerUnavailableException("the ledger cannot be written", null);
    }
}
