/** Tests of the host: in memory, and with a real broker. */
package io.scalable.dispatcher.messaging;
