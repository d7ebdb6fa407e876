/**
 * Which server, and with which key: a file of the operator's, over which the environment wins. A private key is never a
 * word of the command line, where every user of the machine could read it.
 */
package dev.holdfast.cli.profile;
