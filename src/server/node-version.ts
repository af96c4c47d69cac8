/** The oldest Node.js that Google's libraries run on. */
const OLDEST_MAJOR = 22;

// Imported before everything else, so that an older Node gets this line and not a syntax error from a library.
if (Number.parseInt(process.versions.node, 10) < OLDEST_MAJOR) {
  process.stderr.write(
    `Headless Mail for Gmail needs Node.js ${OLDEST_MAJOR} or later; this is ${process.versions.node}. ` +
      'Start the server with a newer Node.js.\n',
  );
  process.exit(1);
}
