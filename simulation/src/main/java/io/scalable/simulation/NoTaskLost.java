package io.scalable.simulation;

/** Every task that was submitted has a result in the end. */
final class NoTaskLost implements Invariant {

    @Override
    public void settled(World world) {
        if (!world.driver.done()) {
            throw broken("no result of " + world.driver.waitsFor());
        }
    }
}
