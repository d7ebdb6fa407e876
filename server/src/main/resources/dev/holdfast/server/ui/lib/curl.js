/** The line that makes the same call from a shell. The key is named there by variables, and never written out. */

export function curlLine(method, url, body) {
  const words = ['curl --fail-with-body --digest --user "$PUBLIC_KEY:$PRIVATE_KEY"'];
  if (method !== 'GET') {
    words.push(`--request ${method}`);
  }
  if (body !== undefined) {
    words.push("--header 'Content-Type: application/json'", `--data ${quoted(JSON.stringify(body))}`);
  }
  words.push(quoted(url));
  return words.join(' \\\n  ');
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
