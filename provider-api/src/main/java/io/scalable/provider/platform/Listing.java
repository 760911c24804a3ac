package io.scalable.provider.platform;

import java.time.Instant;
import java.util.List;

/**
 * What a platform listed.
 *
 * @param began when it was asked: what happened later need not be in it
 * @param sightings what it showed
 */
record Listing(Instant began, List<Sighting> sightings) {

    Listing {
        sightings = List.copyOf(sightings);
    }
}
