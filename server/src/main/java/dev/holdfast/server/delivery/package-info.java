/** Downloads of archives through links. */
package dev.holdfast.server.delivery;
