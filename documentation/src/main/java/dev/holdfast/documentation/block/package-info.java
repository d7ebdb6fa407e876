/**
 * Code blocks and what the word behind their fence promises.
 *
 * <table>
 * <caption>The convention</caption>
 * <tr><td>{@code bash}, {@code sh}</td><td>is run by a test</td></tr>
 * <tr><td>{@code bash no-run="why"}</td><td>is not; the reason stands on the page</td></tr>
 * <tr><td>{@code text output}</td><td>what the block before it prints; {@code ...} stands for anything</td></tr>
 * <tr><td>any other language</td><td>is shown</td></tr>
 * </table>
 *
 * A page with commands names the {@link dev.holdfast.documentation.block.Setting} in which they are run, in a comment:
 * {@code <!-- commands: demo -->}. What does not keep to this is a problem, and no site is built.
 */
package dev.holdfast.documentation.block;
