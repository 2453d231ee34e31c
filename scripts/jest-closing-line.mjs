/**
 * A Jest reporter: says which Node ran the tests, and closes with one plain
 * line of counts that a log reader can rely on.
 */
export default class ClosingLine {
  onRunStart() {
    process.stderr.write(`Tests run under Node ${process.version}\n`);
  }

  /**
   * @param {unknown} _contexts
   * @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number, numPendingTests: number }} results
   */
  onRunComplete(_contexts, results) {
    // A test file that does not even load has no tests to count as failed.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.stdout.write(
      `${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests} skipped\n`,
    );
  }
}
