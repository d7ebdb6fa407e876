/** Databases for tests. Main code may not use it. */
package dev.holdfast.database.testing;
