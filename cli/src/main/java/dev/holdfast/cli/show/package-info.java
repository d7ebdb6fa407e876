/** Shows documents of the API: as a table for people, as JSON or YAML for programs. */
package dev.holdfast.cli.show;
