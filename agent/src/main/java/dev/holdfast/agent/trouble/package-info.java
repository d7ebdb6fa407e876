/** What goes wrong in a capture, told to the one who started it. */
package dev.holdfast.agent.trouble;
