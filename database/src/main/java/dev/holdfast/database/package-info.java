/**
 * Plumbing for rows: pools, transactions, the differences between SQLite and PostgreSQL, migrations. Knows no table.
 *
 * <p>A crash inside {@link dev.holdfast.database.Database#write} leaves nothing of it; after it returned, all of it is
 * on the disk (SQLite: WAL with synchronous=FULL).
 */
package dev.holdfast.database;
