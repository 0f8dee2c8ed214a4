/**
 * The process between sandboxes and the network: answers names, decides, connects, and moves bytes.
 */
@NullMarked
package dev.hexe.policy.gateway;

import org.jspecify.annotations.NullMarked;
