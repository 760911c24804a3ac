/** Tests of the machine, without a clock or a broker. */
package io.scalable.dispatcher.domain;
