/** What commands show: which build this is, how far long work has come. */
package dev.holdfast.dist.console;
